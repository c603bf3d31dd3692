# What R's package survey makes of the api data: one line of JSON for each figure.
# Arguments: a folder with the data as CSV, or "" for R's own; a folder to write the data to.

suppressMessages(library(survey))
given <- commandArgs(trailingOnly = TRUE)
if (given[1] == "") {
  data(api)
} else {
  read <- function(name) read.csv(file.path(given[1], paste0(name, ".csv")), check.names = TRUE)
  apisrs <- read("apisrs"); apistrat <- read("apistrat"); apipop <- read("apipop")
}
used <- c("stype", "sch.wide", "comp.imp", "awards", "api00", "api.stu", "enroll")
keep <- function(data, more) write.csv(
  data[, c(used, more)], file.path(given[2], paste0(deparse(substitute(data)), ".csv")),
  row.names = FALSE
)
keep(apisrs, "fpc"); keep(apistrat, "fpc"); keep(apipop, c())

say <- function(design, figure, estimate, error, low = NA, high = NA) {
  text <- function(x) ifelse(is.na(x), "null", sprintf("%.15g", x))
  cat(sprintf('["%s", "%s", %s, %s, %s, %s]\n', design, figure,
              text(estimate), text(error), text(low), text(high)))
}
counts <- function(formula) {
  name <- all.vars(formula)
  found <- as.data.frame(table(apipop[[name]]))
  names(found)[1] <- name
  found
}
# The tolerance is set to convergence: the default stops where weights are off by 1e-7.
raked <- function(design, margins) rake(
  design, margins, lapply(margins, counts), control = list(maxit = 1000, epsilon = 1e-12)
)

srs <- svydesign(~1, fpc = ~fpc, data = apisrs)
strat <- svydesign(~1, strata = ~stype, fpc = ~fpc, data = apistrat)
designs <- list(
  simple = srs,
  post_stratified = postStratify(srs, ~stype, counts(~stype)),
  raked = raked(srs, list(~stype, ~sch.wide)),
  stratified = strat,
  stratified_post = postStratify(strat, ~sch.wide, counts(~sch.wide)),
  stratified_raked = raked(strat, list(~stype, ~sch.wide, ~comp.imp))
)
for (name in names(designs)) {
  design <- designs[[name]]
  one <- function(figure, m) say(name, figure, coef(m)[1], SE(m)[1])
  one("mean", svymean(~api00, design))
  for (domain in c("E", "H", "M")) {
    one(paste0("mean:", domain), svymean(~api00, subset(design, stype == domain)))
  }
  one("mean:awards", svymean(~api00, subset(design, awards == "Yes")))
  one("ratio", svyratio(~api.stu, ~enroll, design))
  one("ratio:awards", svyratio(~api.stu, ~enroll, subset(design, awards == "Yes")))
  for (points in c(600, 700, 800)) {
    m <- svyciprop(as.formula(sprintf("~I(api00 > %d)", points)), design, method = "beta")
    say(name, paste0("share:", points), coef(m), SE(m), confint(m)[1], confint(m)[2])
  }
  one("share:700:awards", svymean(~I(as.numeric(api00 > 700)), subset(design, awards == "Yes")))
  # The difference of two domains is the coefficient of a regression on them. R warns that rows of
  # weight 0 do not count for a dispersion, which is not used here.
  slope <- suppressWarnings(svyglm(api00 ~ I(awards == "Yes"), design))
  say(name, "difference:awards", coef(slope)[2], suppressWarnings(SE(slope))[2])
  slope <- suppressWarnings(svyglm(api00 ~ I(stype != "E"), subset(design, stype != "M")))
  say(name, "difference:H-E", coef(slope)[2], suppressWarnings(SE(slope))[2])
  if (name %in% c("simple", "stratified")) {
    # Of a calibrated design R's subset keeps all rows with weight 0 and counts them as answers.
    part <- subset(design, awards == "Yes")
    m <- svyciprop(~I(api00 > 700), part, method = "beta")
    say(name, "share:700:awards:beta", coef(m), SE(m), confint(m)[1], confint(m)[2])
  }
}
