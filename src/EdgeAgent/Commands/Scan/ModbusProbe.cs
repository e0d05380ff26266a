using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeAgent.Commands.Scan;

/// <summary>Modbus TCP: reads a register, which every device answers or refuses, then asks who it is.</summary>
internal sealed class ModbusProbe(int unitId) : INetworkProbe
{
    private const int HeaderBytes = 8;
    private const byte ReadHolding = 3;
    private const byte Identification = 0x2B;
    private const byte PathUnavailable = 0x0A;
    private const byte TargetSilent = 0x0B;

    public string Name => "modbus";

    public int Port => 502;

    public string Driver => "modbus-tcp";

    public int UnitId => unitId;

    public async Task<ProbeAnswer?> AskAsync(Socket socket, IPEndPoint place, CancellationToken cancellation)
    {
        // One holding register: whatever a device thinks of the address, it answers.
        byte[] question = [0x5C, 0xA4, 0, 0, 0, 6, (byte)unitId, ReadHolding, 0, 0, 0, 1];
        byte[] answer = await ProbeSocket.AskAsync(socket, question, HeaderBytes + 1, 300, cancellation);
        if (answer.Length <= HeaderBytes || !answer.AsSpan(0, 4).SequenceEqual(question.AsSpan(0, 4)) || (answer[7] & 0x7F) != ReadHolding)
        {
            return null;
        }

        if (answer[7] != ReadHolding && answer[8] is PathUnavailable or TargetSilent)
        {
            return new ProbeAnswer("Modbus TCP gateway", IsGatewayOnly: true);
        }

        string unit = $"Modbus unit {unitId}";
        try
        {
            // Function 43, type 14, basic identification from object 0 (Modbus Application Protocol 6.21).
            byte[] who = [0x5C, 0xA5, 0, 0, 0, 5, (byte)unitId, Identification, 14, 1, 0];
            return new ProbeAnswer(unit + NamesIn(await ProbeSocket.AskAsync(socket, who, HeaderBytes + 1, 300, cancellation)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // Many devices ignore the question.
            return new ProbeAnswer(unit);
        }
    }

    /// <summary>Objects follow the seven bytes behind unit id: function, type, category, level, more, next, count.</summary>
    private static string NamesIn(byte[] answer)
    {
        List<string> names = [];
        int at = 14;
        while (answer.Length > HeaderBytes && answer[7] == Identification && at + 2 <= answer.Length && at + 2 + answer[at + 1] <= answer.Length && names.Count < 3)
        {
            names.Add(Encoding.Latin1.GetString(answer, at + 2, answer[at + 1]).Trim());
            at += 2 + answer[at + 1];
        }

        return names.Count > 0 ? ": " + string.Join(' ', names) : "";
    }
}
