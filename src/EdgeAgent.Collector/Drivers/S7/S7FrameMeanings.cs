using System.Buffers.Binary;
using System.Globalization;
using EdgeAgent.Protocols.S7;

namespace EdgeAgent.Collector.Drivers.S7;

/// <summary>Says what frames of S7 communication mean.</summary>
internal static class S7FrameMeanings
{
    private const int MessageAt = 7;
    private const byte ConnectRequest = 0xE, ConnectConfirm = 0xD, DisconnectRequest = 0x8, Data = 0xF;

    public static string? Of(bool sent, ReadOnlySpan<byte> start)
    {
        if (start.Length < MessageAt || start[0] != 3)
        {
            return null;
        }

        return (start[5] >> 4) switch
        {
            ConnectRequest => start.Length >= 22 ? $"ask for a connection to TSAP {start[20]:X2}{start[21]:X2}" : "ask for a connection",
            ConnectConfirm => "connection confirmed",
            DisconnectRequest => "connection refused",
            Data when start.Length > MessageAt + 10 && start[MessageAt] == 0x32 => OfMessage(start[MessageAt..]),
            _ => null,
        };
    }

    private static string? OfMessage(ReadOnlySpan<byte> message)
    {
        const byte Job = 1, Acknowledgement = 2, Answer = 3, UserData = 7, Read = 4, Setup = 0xF0;
        return (message[1], message[1] is Answer or Acknowledgement && message.Length > 12 ? message[12] : message[10]) switch
        {
            (Job, Setup) => "agree on the length of messages",
            (Job, Read) => OfRead(message[11..]),
            (Answer or Acknowledgement, _) when message.Length > 11 && (message[10] | message[11]) != 0 => $"refused with error {message[10]:X2}{message[11]:X2}",
            (Answer, Setup) when message.Length >= 20 => string.Create(CultureInfo.InvariantCulture, $"messages of {BinaryPrimitives.ReadUInt16BigEndian(message[18..])} bytes"),
            (Answer, Read) when message.Length > 14 => OfData(message[13], (S7ItemStatus)message[14]),
            (UserData, _) => "identification",
            _ => null,
        };
    }

    private static string OfRead(ReadOnlySpan<byte> items)
    {
        if (items.Length < 13)
        {
            return "read";
        }

        int start = ((items[10] << 16) | (items[11] << 8) | items[12]) / 8;
        string area = (S7Area)items[9] == S7Area.DataBlock
            ? string.Create(CultureInfo.InvariantCulture, $"DB{BinaryPrimitives.ReadUInt16BigEndian(items[7..])}") : ((S7Area)items[9]).ToString();
        return string.Create(
            CultureInfo.InvariantCulture, $"read {BinaryPrimitives.ReadUInt16BigEndian(items[5..])} bytes of {area} from {start}{(items[0] > 1 ? $", and {items[0] - 1} more" : "")}");
    }

    private static string OfData(int items, S7ItemStatus first) => first == S7ItemStatus.Ok
        ? string.Create(CultureInfo.InvariantCulture, $"data of {items}")
        : string.Create(CultureInfo.InvariantCulture, $"answers for {items}, the first one {first}");
}
