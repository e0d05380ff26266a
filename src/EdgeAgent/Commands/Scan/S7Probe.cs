using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Commands.Scan;

/// <summary>Siemens S7: a connection request of ISO-on-TCP (RFC 1006, ISO 8073), and whether it is confirmed or refused in that protocol.</summary>
internal sealed class S7Probe : INetworkProbe
{
    private const byte ConnectionConfirm = 0xD0;
    private const byte DisconnectRequest = 0x80;

    public string Name => "s7";

    public int Port => 102;

    public string Driver => "s7";

    public async Task<ProbeAnswer?> AskAsync(Socket socket, IPEndPoint place, CancellationToken cancellation)
    {
        // TPDU size 1024, source TSAP 0100, destination TSAP 0102 (rack 0, slot 2).
        byte[] question = [3, 0, 0, 22, 17, 0xE0, 0, 0, 0, 1, 0, 0xC0, 1, 0x0A, 0xC1, 2, 1, 0, 0xC2, 2, 1, 2];
        byte[] answer = await ProbeSocket.AskAsync(socket, question, 7, 64, cancellation);
        return answer is [3, 0, _, _, _, ConnectionConfirm or DisconnectRequest, ..]
            ? new ProbeAnswer(answer[5] == ConnectionConfirm ? "S7 controller (ISO-on-TCP)" : "ISO-on-TCP, which refuses rack 0 slot 2")
            : null;
    }
}
