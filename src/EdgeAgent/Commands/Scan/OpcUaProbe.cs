using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EdgeAgent.Commands.Scan;

/// <summary>OPC UA over TCP: Hello, and whether an Acknowledge or an Error comes (OPC 10000-6, 7.1.2).</summary>
internal sealed class OpcUaProbe : INetworkProbe
{
    private const int BufferBytes = 65_536;
    private const int HeaderBytes = 8;

    public string Name => "opcua";

    public int Port => 4840;

    public string Driver => "opc-ua";

    public async Task<ProbeAnswer?> AskAsync(Socket socket, IPEndPoint place, CancellationToken cancellation)
    {
        byte[] answer = await ProbeSocket.AskAsync(socket, Hello($"opc.tcp://{place}"), HeaderBytes, 512, cancellation);
        string kind = answer.Length >= HeaderBytes ? Encoding.ASCII.GetString(answer, 0, 4) : "";
        return kind switch
        {
            "ACKF" => new ProbeAnswer($"OPC UA server at opc.tcp://{place}"),
            "ERRF" => new ProbeAnswer($"OPC UA server at opc.tcp://{place}, which wants another endpoint address"),
            _ => null,
        };
    }

    private static byte[] Hello(string url)
    {
        byte[] name = Encoding.UTF8.GetBytes(url);
        byte[] hello = new byte[HeaderBytes + 20 + 4 + name.Length];
        "HELF"u8.CopyTo(hello);
        int[] numbers = [hello.Length, 0, BufferBytes, BufferBytes, 0, 0, name.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(hello.AsSpan(4 + (4 * i)), numbers[i]);
        }

        name.CopyTo(hello, HeaderBytes + 24);
        return hello;
    }
}
