using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Dlt645.Server;

/// <summary>One meter of a simulated line: its address, what it holds, and how it misbehaves.</summary>
public sealed class SimulatedMeter(MeterAddress address, Dlt645Version version = Dlt645Version.V2007)
{
    private readonly Dictionary<uint, Func<byte[]>> _items = [];

    public MeterAddress Address { get; } = address;

    public Dlt645Version Version { get; } = version;

    /// <summary>What is wrong with it at the moment.</summary>
    public MeterFault Fault { get; set; }

    /// <summary>Longer items are answered in parts.</summary>
    public int DataBytesMost { get; set; } = Dlt645Frame.DataBytesMax - 5;

    /// <summary>From the end of a request to the answer.</summary>
    public TimeSpan ReplyDelay { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Requests that it understood.</summary>
    public int Requests { get; private set; }

    /// <summary>Sets an item to bytes as they lie in the meter.</summary>
    public void Set(uint identifier, Func<byte[]> bytes) => _items[identifier] = bytes;

    /// <summary>Sets an item that the standard names to a number.</summary>
    public void Set(uint identifier, Func<double> number)
    {
        var format = DataIdentifiers.Find(Version, identifier)?.Format
            ?? throw new ArgumentException($"{identifier:X} is no item of the standard: set its bytes", nameof(identifier));
        Set(identifier, () =>
        {
            var bytes = new byte[format.Bytes];
            BcdNumber.Write(bytes, (long)Math.Round(number() * Math.Pow(10, format.Decimals)), format.IsSigned);
            return bytes;
        });
    }

    /// <summary>Answers a request; 0 when it says nothing.</summary>
    internal int Answer(in Dlt645Header request, ReadOnlySpan<byte> data, Span<byte> answer)
    {
        if (Fault == MeterFault.Silent || (request.Control & Dlt645Control.Answer) != 0)
        {
            return 0;
        }

        Requests++;
        var length = AnswerRightly(request.Control, data, answer);
        if (Fault == MeterFault.WrongChecksum && length > 0)
        {
            answer[length - 2]++;
        }

        return length;
    }

    private int AnswerRightly(byte code, ReadOnlySpan<byte> data, Span<byte> answer)
    {
        var control = Dlt645Control.Of(Version);
        if (code == control.ReadAddress && code != 0)
        {
            Span<byte> own = stackalloc byte[MeterAddress.Bytes];
            Address.Write(own);
            return Write(answer, code, own);
        }

        if ((code != control.Read && code != control.ReadOn) || data.Length < control.IdentifierBytes)
        {
            return Refuse(answer, code, error: 0x01);
        }

        var identifier = DataIdentifiers.Read(data, control.IdentifierBytes);
        if (Fault == MeterFault.RefusesAll || !_items.TryGetValue(identifier, out var item))
        {
            return Refuse(answer, code, error: 0x02);
        }

        var number = code == control.Read ? 0 : control.NumbersFollowUps && data.Length > control.IdentifierBytes ? data[control.IdentifierBytes] : 1;
        return WritePart(answer, code, control, identifier, item(), number);
    }

    private int WritePart(Span<byte> answer, byte code, in Dlt645Control control, uint identifier, byte[] item, int number)
    {
        var from = Math.Min(item.Length, number * DataBytesMost);
        var part = item.AsSpan(from, Math.Min(DataBytesMost, item.Length - from));
        Span<byte> data = stackalloc byte[Dlt645Frame.DataBytesMax];
        DataIdentifiers.Write(data, Fault == MeterFault.AnswersAboutSomethingElse ? identifier + 1 : identifier, control.IdentifierBytes);
        part.CopyTo(data[control.IdentifierBytes..]);
        var length = control.IdentifierBytes + part.Length;
        if (number > 0 && control.NumbersFollowUps)
        {
            data[length++] = (byte)number;
        }

        var hasMore = from + part.Length < item.Length;
        return Write(answer, (byte)(code | (hasMore ? Dlt645Control.More : 0)), data[..length]);
    }

    private int Refuse(Span<byte> answer, byte code, byte error) => Write(answer, (byte)(code | Dlt645Control.Error), [error]);

    private int Write(Span<byte> answer, byte code, ReadOnlySpan<byte> data) =>
        Dlt645Frame.Write(answer, Address, (byte)(code | Dlt645Control.Answer), data);
}

/// <summary>How a simulated meter misbehaves.</summary>
public enum MeterFault : byte
{
    None,
    Silent,
    WrongChecksum,
    RefusesAll,
    AnswersAboutSomethingElse,
}
