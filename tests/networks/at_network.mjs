// A whole AT network on loopback: identity directory, data server, and the view that is asked.
//
// Prints one line of JSON with its addresses when it is ready, and ends when its input ends.
// POST to `control` and it answers when the view has seen all that the data server has told.
import { createServer } from 'node:http'
import { TestNetwork } from '@atproto/dev-env'

const network = await TestNetwork.create({ dbPostgresSchema: 'torg' })

const control = createServer(async (request, response) => {
  try {
    await network.processAll(60_000)
    response.writeHead(204).end()
  } catch (error) {
    response.writeHead(500).end(String(error))
  }
})
await new Promise((listening) => control.listen(0, '127.0.0.1', listening))

const addresses = {
  directory: network.plc.url,
  data: network.pds.url,
  view: network.bsky.url,
  control: `http://127.0.0.1:${control.address().port}`,
}
console.log(JSON.stringify(addresses))

process.stdin.on('end', () => process.exit(0))
process.stdin.resume()
