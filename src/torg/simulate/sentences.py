"""What is written in the invented country: templates in Norwegian bokmål, some in English.

"{place}" stands for the municipality. A question ends with a question mark and nothing else does.
"""

QUIET = (
    "Vi inviterer til åpen dag på rådhuset i {place} lørdag. Ta med familien!",
    "Biblioteket i {place} har fått nye bøker. Velkommen innom.",
    "Nå er skøytebanen i {place} islagt og klar til bruk.",
    "Hva synes du om den nye planen for sentrum i {place}? Si din mening i kommentarfeltet.",
    "Søknadsfristen for barnehageplass i {place} er 1. mars.",
    "Kommunestyret i {place} møtes torsdag. Møtet sendes direkte på nettsiden vår.",
    "Gratulerer til korpset fra {place}, som vant i helgen!",
    "Vi søker flere helsefagarbeidere til {place}. Les mer på nettsiden.",
    "Vannet stenges i deler av {place} onsdag fra kl. 9 til kl. 12.",
    "I dag åpnet den nye gang- og sykkelveien i {place}.",
    "Vi beklager at brevet om kommunale avgifter i {place} hadde feil dato.",
    "Frivillige i {place} har ryddet stranden. Tusen takk til alle som hjalp til.",
    "Welcome to the language café at the library in {place} every Tuesday.",
)
CRISIS = (
    "Elven stiger raskt i {place}. Hold avstand og følg råd fra kommunen.",
    "Kriseledelsen i {place} er samlet. Vi oppdaterer her så snart vi vet mer.",
    "Veien gjennom {place} er stengt på grunn av flom. Skolene holder åpent.",
    "Oppdatering fra {place}: vannet synker, men kok drikkevannet inntil videre.",
    "Flood warning for {place}: stay away from the river and follow our advice.",
)
QUESTIONS = (
    "Når åpner svømmehallen igjen?",
    "Hvor kan jeg melde fra om hull i veien?",
    "Gjelder dette også oss som bor utenfor sentrum?",
    "Hvorfor er det ikke brøytet i vår gate?",
    "Kan dere si noe om når dette blir ferdig?",
    "Hva koster det å delta?",
    "Er det mulig å melde seg på digitalt?",
    "Hvem kontakter jeg om dette?",
    "Blir det buss dit på lørdag?",
    "Where can I read more about this?",
    "Is this open to everyone?",
)
STATEMENTS = (
    "Så flott!",
    "Dette gleder vi oss til.",
    "Bra jobbet, alle sammen.",
    "Kjempefint tiltak for barna.",
    "Det var på tide.",
    "Veldig fornøyd med tilbudet.",
    "Synd at det alltid er på en hverdag.",
    "Dette er jeg helt uenig i.",
    "Endelig skjer det noe her.",
    "Gratulerer!",
    "Vi kommer gjerne.",
    "Great work, thank you all.",
    "Looking forward to it.",
)
ANSWERS = (
    "Hei! Takk for spørsmålet. Du finner mer på nettsiden vår.",
    "Hei, dette sender vi videre til rett avdeling.",
    "Hei! Vi regner med at det er klart i løpet av neste uke.",
    "Takk for at du sier fra. Vi ser på det.",
    "Hei! Ring servicetorget, så hjelper de deg.",
    "Hello! You will find more on our website.",
)
THANKS = (
    "Takk for svar!",
    "Tusen takk.",
    "Supert, takk.",
    "Thank you!",
)
