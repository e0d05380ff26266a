using System.Globalization;
using System.Text;

namespace EdgeAgent.Tests.EveryDriver.Peers;

/// <summary>Answers to requests, written out byte by byte from the specifications and knowing nothing of the code under test.</summary>
internal static class Requests
{
    public const ushort Word = 4242;

    /// <summary>Takes so many bytes from the front; null while they are not there.</summary>
    public static byte[]? Cut(List<byte> received, int length)
    {
        if (length > received.Count)
        {
            return null;
        }

        byte[] frame = [.. received.Take(length)];
        received.RemoveRange(0, length);
        return frame;
    }

    /// <summary>MBAP: function 3, one register.</summary>
    public static byte[] ModbusTcp(List<byte> received) =>
        Cut(received, 12) is { } request ? [request[0], request[1], 0, 0, 0, 5, request[6], request[7], 2, Word >> 8, Word & 0xFF] : [];

    public static byte[] ModbusRtu(List<byte> received) => Cut(received, 8) is { } request ? WithCrc([request[0], request[1], 2, Word >> 8, Word & 0xFF]) : [];

    public static byte[] ModbusAscii(List<byte> received)
    {
        int end = received.IndexOf((byte)'\n');
        if (end < 0)
        {
            return [];
        }

        byte[] request = Convert.FromHexString(Encoding.ASCII.GetString(Cut(received, end + 1)![1..^2]));
        byte[] answer = [request[0], request[1], 2, Word >> 8, Word & 0xFF];
        byte check = (byte)-answer.Sum(value => value);
        return Encoding.ASCII.GetBytes($":{Convert.ToHexString(answer)}{check:X2}\r\n");
    }

    /// <summary>ISO-on-TCP: the connection, the agreement on length, and a read of one word.</summary>
    public static byte[] S7(List<byte> received)
    {
        if (received.Count < 4 || Cut(received, (received[2] << 8) | received[3]) is not { } request)
        {
            return [];
        }

        if (request[5] == 0xE0)
        {
            return [3, 0, 0, 11, 6, 0xD0, request[8], request[9], 0, 1, 0];
        }

        byte[] start = [3, 0, 0, 0, 2, 0xF0, 0x80, 0x32, 3, 0, 0, request[11], request[12]];
        byte[] answer = request[17] switch
        {
            0xF0 => [.. start, 0, 8, 0, 0, 0, 0, 0xF0, 0, 0, 1, 0, 1, 0, 240],
            _ => [.. start, 0, 2, 0, 6, 0, 0, 4, 1, 0xFF, 4, 0, 16, Word >> 8, Word & 0xFF],
        };
        answer[3] = (byte)answer.Length;
        return answer;
    }

    /// <summary>MC protocol 3E, binary: a batch read of one word.</summary>
    public static byte[] Melsec(List<byte> received) =>
        Cut(received, 21) is null ? [] : [0xD0, 0, 0, 0xFF, 0xFF, 3, 0, 4, 0, 0, 0, Word & 0xFF, Word >> 8];

    /// <summary>The published answer of meter 000102030425: 1206.42 kWh.</summary>
    public static byte[] Dlt645(List<byte> received) =>
        IsWhole(received) ? Convert.FromHexString("682504030201006891083333343375394533" + "8B16") : [];

    /// <summary>A water meter: 12345.67 m³.</summary>
    public static byte[] Cjt188(List<byte> received)
    {
        byte[] request = [.. received];
        if (!IsWhole(received))
        {
            return [];
        }

        byte serial = request[^3];
        byte[] frame = [0x68, .. request.AsSpan(Array.IndexOf(request, (byte)0x68) + 1, 8), 0x81, 22, 0x1F, 0x90, serial,
            0x67, 0x45, 0x23, 0x01, 0x2C, 0, 0, 0, 0, 0x2C, 0, 0, 0, 1, 1, 0x26, 0x20, 0, 0];
        return [0xFE, 0xFE, .. frame, (byte)frame.Sum(value => value), 0x16];
    }

    /// <summary>HTTP/1.1 with the body that stands at the request's target.</summary>
    public static byte[] Http(List<byte> received, Func<string, string> body)
    {
        string text = Encoding.Latin1.GetString([.. received]);
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return [];
        }

        Cut(received, end + 4);
        byte[] content = Encoding.UTF8.GetBytes(body(text.Split(' ')[1]));
        return [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {content.Length}\r\n\r\n"), .. content];
    }

    /// <summary>A packet of HJ 212-2017 with its check as the standard's appendix A computes it.</summary>
    public static byte[] Hj212()
    {
        DateTimeOffset now = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8));
        string data = string.Create(CultureInfo.InvariantCulture,
            $"QN={now:yyyyMMddHHmmssfff};ST=31;CN=2011;PW=123456;MN=STACK1;Flag=4;CP=&&DataTime={now:yyyyMMddHHmmss};a34013-Rtd=21.5,a34013-Flag=N&&");
        int check = 0xFFFF;
        foreach (char c in data)
        {
            check = (check >> 8) ^ c;
            for (int i = 0; i < 8; i++)
            {
                check = (check & 1) == 1 ? (check >> 1) ^ 0xA001 : check >> 1;
            }
        }

        return Encoding.ASCII.GetBytes($"##{data.Length:0000}{data}{check:X4}\r\n");
    }

    /// <summary>CRC-16 as the Modbus specification computes it, low byte first.</summary>
    private static byte[] WithCrc(byte[] frame)
    {
        int crc = 0xFFFF;
        foreach (byte value in frame)
        {
            crc ^= value;
            for (int i = 0; i < 8; i++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xA001 : crc >> 1;
            }
        }

        return [.. frame, (byte)crc, (byte)(crc >> 8)];
    }

    /// <summary>Meters: a frame ends with 16, and nothing else is on the line.</summary>
    private static bool IsWhole(List<byte> received)
    {
        int start = received.IndexOf(0x68);
        if (start < 0 || received.Count - start < 14 || received[^1] != 0x16)
        {
            return false;
        }

        received.Clear();
        return true;
    }
}
