"""A mail server that takes everything and keeps nothing: ``python -m bench.drain SECONDS`` prints its port, and waits so long
before it accepts each email. It does next to nothing else, so that what is measured is the sender.
"""

import asyncio
import sys


async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    writer.write(b"220 drain\r\n")
    while line := await reader.readline():
        verb = line[:4].upper()
        if verb == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(b"\r\n.\r\n")
            await asyncio.sleep(seconds)
        if verb == b"QUIT":
            break
        writer.write(b"250 drain\r\n")
    writer.close()


async def main(seconds: float) -> None:
    server = await asyncio.start_server(lambda *streams: take(*streams, seconds), "127.0.0.1", 0, limit=1 << 20)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main(float(sys.argv[1])))
