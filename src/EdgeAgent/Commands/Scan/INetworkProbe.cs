using System.Net;
using System.Net.Sockets;

namespace EdgeAgent.Commands.Scan;

/// <summary>Finds out whether a connected host speaks one protocol, by one question that changes nothing.</summary>
internal interface INetworkProbe
{
    string Name { get; }

    /// <summary>The port that is usual.</summary>
    int Port { get; }

    /// <summary>The driver that would read what is found; empty when this program has none.</summary>
    string Driver { get; }

    /// <summary>The Modbus unit that is asked; 1 for other protocols.</summary>
    int UnitId => 1;

    /// <returns>What the host says about itself; null when it speaks something else, or does not speak to this question.</returns>
    Task<ProbeAnswer?> AskAsync(Socket socket, IPEndPoint place, CancellationToken cancellation);
}

/// <param name="Detail">What the host says about itself.</param>
/// <param name="IsGatewayOnly">Whether it is a gateway that has nobody behind it under the number that was asked.</param>
internal sealed record ProbeAnswer(string Detail, bool IsGatewayOnly = false);

/// <summary>Asks on a socket.</summary>
internal static class ProbeSocket
{
    /// <summary>Sends a question and receives until enough has come; what came when the other side closes.</summary>
    public static async Task<byte[]> AskAsync(Socket socket, ReadOnlyMemory<byte> question, int bytesLeast, int bytesMost, CancellationToken cancellation)
    {
        await socket.SendAsync(question, cancellation);
        byte[] answer = new byte[bytesMost];
        int count = 0;
        while (count < bytesLeast)
        {
            int received = await socket.ReceiveAsync(answer.AsMemory(count), cancellation);
            if (received == 0)
            {
                break;
            }

            count += received;
        }

        return answer[..count];
    }
}
