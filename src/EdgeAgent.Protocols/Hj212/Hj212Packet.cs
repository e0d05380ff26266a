using System.Buffers.Text;
using System.Text;

namespace EdgeAgent.Protocols.Hj212;

/// <summary>A data segment taken apart (§6.3.2): who, what, and the list of items, as places in the segment.</summary>
public readonly ref struct Hj212Packet
{
    /// <summary>Flag, bit 0: an answer is asked for.</summary>
    private const int AnswerBit = 1;

    /// <summary>Flag, bit 1: the packet is one of several and carries PNUM and PNO.</summary>
    private const int PartBit = 2;

    /// <summary>System code of interaction (§6.6.1, table 5).</summary>
    private const int InteractionSystem = 91;

    private const int DataAnswer = 9014;

    /// <summary>The request's number: 17 digits of time, the same when it is sent again.</summary>
    public ReadOnlySpan<byte> Request { get; private init; }

    /// <summary>System code (ST).</summary>
    public int System { get; private init; }

    /// <summary>Command (CN), such as <see cref="Hj212Command.RealTime"/>.</summary>
    public int Command { get; private init; }

    /// <summary>PW.</summary>
    public ReadOnlySpan<byte> Password { get; private init; }

    /// <summary>The logger's own number (MN).</summary>
    public ReadOnlySpan<byte> Machine { get; private init; }

    public int Flag { get; private init; }

    /// <summary>How many packets the message has (PNUM); 1 when it is whole.</summary>
    public int Parts { get; private init; }

    /// <summary>Which of them this is (PNO), from 1.</summary>
    public int Part { get; private init; }

    /// <summary>What lies between <c>CP=&amp;&amp;</c> and <c>&amp;&amp;</c>.</summary>
    public ReadOnlySpan<byte> Content { get; private init; }

    public bool WantsAnswer => (Flag & AnswerBit) != 0;

    /// <summary>Takes a data segment apart; false when it has no machine, no command or no content.</summary>
    public static bool TryRead(ReadOnlySpan<byte> segment, out Hj212Packet packet)
    {
        packet = default;
        int content = segment.IndexOf("CP=&&"u8);
        if (content < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> items = segment[(content + 5)..];
        int end = items.IndexOf("&&"u8);
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> head = segment[..content];
        int command = NumberOf(head, "CN="u8, -1);
        ReadOnlySpan<byte> machine = ValueOf(head, "MN="u8);
        int flag = NumberOf(head, "Flag="u8, 0);
        int parts = (flag & PartBit) != 0 ? NumberOf(head, "PNUM="u8, 1) : 1;
        int part = (flag & PartBit) != 0 ? NumberOf(head, "PNO="u8, 1) : 1;
        packet = new Hj212Packet
        {
            Request = ValueOf(head, "QN="u8),
            System = NumberOf(head, "ST="u8, 0),
            Command = command,
            Password = ValueOf(head, "PW="u8),
            Machine = machine,
            Flag = flag,
            Parts = parts,
            Part = part,
            Content = items[..end],
        };
        return command >= 0 && !machine.IsEmpty && parts >= 1 && part >= 1 && part <= parts;
    }

    /// <summary>The items of the content, one by one.</summary>
    public Hj212Items Items() => new(Content);

    /// <summary>The packet that says that this one was taken (§6.6.5: 9014, data answer).</summary>
    public byte[] Answer() => Hj212Frame.Write(Encoding.ASCII.GetBytes(
        $"QN={Encoding.ASCII.GetString(Request)};ST={InteractionSystem};CN={DataAnswer};PW={Encoding.ASCII.GetString(Password)};"
        + $"MN={Encoding.ASCII.GetString(Machine)};Flag={Flag & ~(AnswerBit | PartBit)};CP=&&&&"));

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        while (!head.IsEmpty)
        {
            int end = head.IndexOf((byte)';');
            ReadOnlySpan<byte> field = end < 0 ? head : head[..end];
            if (field.StartsWith(name))
            {
                return field[name.Length..];
            }

            head = end < 0 ? default : head[(end + 1)..];
        }

        return default;
    }

    private static int NumberOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name, int missing)
    {
        ReadOnlySpan<byte> value = ValueOf(head, name);
        return Utf8Parser.TryParse(value, out int number, out int used) && used == value.Length && number >= 0 ? number : missing;
    }
}
