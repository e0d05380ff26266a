using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeAgent.Commands.Scan;

/// <summary>MTConnect: asks an agent for its devices by HTTP.</summary>
internal sealed class MtConnectProbe : INetworkProbe
{
    private const int BytesMost = 4096;

    public string Name => "mtconnect";

    public int Port => 5000;

    public string Driver => "mtconnect";

    public async Task<ProbeAnswer?> AskAsync(Socket socket, IPEndPoint place, CancellationToken cancellation)
    {
        byte[] question = Encoding.ASCII.GetBytes($"GET /probe HTTP/1.1\r\nHost: {place}\r\nAccept: text/xml\r\nConnection: close\r\n\r\n");
        byte[] answer = await ProbeSocket.AskAsync(socket, question, BytesMost, BytesMost, cancellation);
        return Encoding.UTF8.GetString(answer).Contains("MTConnectDevices", StringComparison.Ordinal) ? new ProbeAnswer($"MTConnect agent at http://{place}") : null;
    }
}
