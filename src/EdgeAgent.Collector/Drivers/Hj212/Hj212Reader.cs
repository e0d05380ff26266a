using System.Buffers.Text;
using System.Text;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Hj212;

namespace EdgeAgent.Collector.Drivers.Hj212;

/// <summary>Makes readings and answers of packets. Called in the gate of the inbox.</summary>
internal sealed class Hj212Reader(Hj212Logger[] loggers, long lateTicks, ReadingInbox inbox, SeenList seen)
{
    private const string Broken = "a packet came with a wrong check or length";
    private const string WrongPassword = "a packet carries another password (PW) than is configured; it was not taken";
    private const string NoTime = "a packet has no DataTime that can be right; the time of arrival is taken instead";

    /// <summary>The standard's times are Beijing time.</summary>
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    private readonly DeviceProblems _problems = new(loggers.Length, inbox);

    /// <summary>Takes a packet.</summary>
    /// <param name="answer">What to send back, or null.</param>
    /// <param name="device">The device that it says to be of, or -1.</param>
    /// <returns>The logger that it is from; null when that is unknown or it does not prove it.</returns>
    public Hj212Logger? Take(ReadOnlySpan<byte> segment, long nowTicks, out byte[]? answer, out int device)
    {
        answer = null;
        device = -1;
        if (!Hj212Packet.TryRead(segment, out Hj212Packet packet))
        {
            return null;
        }

        Hj212Logger? logger = LoggerOf(packet.Machine);
        if (logger is null)
        {
            seen.Note(Encoding.Latin1.GetString(packet.Machine), PasswordBlot.Of(segment));
            return null;
        }

        device = logger.Index;
        if (logger.Password is { } password && !packet.Password.SequenceEqual(password))
        {
            _problems.Set(logger.Index, WrongPassword);
            return null;
        }

        logger.IsBroken = false;
        answer = packet.WantsAnswer ? packet.Answer() : null;
        if (packet.Command is Hj212Command.RealTime or Hj212Command.Minute or Hj212Command.Hour or Hj212Command.Day)
        {
            TakeData(logger, packet, nowTicks);
        }

        return logger;
    }

    /// <summary>Bytes that are no packet, on a stream on which this logger sent last.</summary>
    public void TakeBroken(Hj212Logger? logger, long nowTicks)
    {
        logger ??= loggers.Length == 1 ? loggers[0] : null;
        if (logger is null or { IsBroken: true })
        {
            return;
        }

        logger.IsBroken = true;
        foreach (Hj212Tag tag in logger.Tags.Where(tag => tag.Command == Hj212Command.RealTime))
        {
            inbox.Live.Add(Reading.Failed(tag.Id, Quality.BadDecodingError, nowTicks));
        }

        _problems.Set(logger.Index, Broken);
    }

    private Hj212Logger? LoggerOf(ReadOnlySpan<byte> machine)
    {
        foreach (Hj212Logger logger in loggers)
        {
            if (machine.SequenceEqual(logger.Machine))
            {
                return logger;
            }
        }

        return null;
    }

    private void TakeData(Hj212Logger logger, in Hj212Packet packet, long nowTicks)
    {
        // Without a number of its own a packet cannot be told from its repetition.
        ulong request = Utf8Parser.TryParse(packet.Request, out ulong number, out int used) && used == packet.Request.Length ? number : 0;
        if (request != 0 && !logger.IsNew(request, packet.Command, packet.Part))
        {
            return;
        }

        int lost = FollowParts(logger, packet, request);
        string? problem = lost > 0 ? $"{lost} packets of a message in parts never came" : null;
        if (!TryDataTime(packet, out long ticks) || !TimeText.IsPlausible(ticks, nowTicks))
        {
            bool continues = packet.Part > 1 && logger.DataTicks > 0;
            ticks = continues ? logger.DataTicks : nowTicks;
            problem ??= continues ? null : NoTime;
        }

        logger.DataTicks = ticks;
        ReadingBatch into = nowTicks - ticks > lateTicks ? inbox.BackFilled : inbox.Live;
        foreach (Hj212Tag tag in logger.Tags)
        {
            if (tag.Command == packet.Command)
            {
                Add(into, tag, packet, ticks);
            }
        }

        _problems.Set(logger.Index, problem, lost);
    }

    /// <returns>Packets of the message before that never came.</returns>
    private static int FollowParts(Hj212Logger logger, in Hj212Packet packet, ulong request)
    {
        if (request == logger.Request && request != 0)
        {
            logger.PartsMissing--;
            return 0;
        }

        int lost = logger.PartsMissing;
        (logger.Request, logger.PartsMissing, logger.DataTicks) = (request, packet.Parts - 1, 0);
        return lost;
    }

    private static bool TryDataTime(in Hj212Packet packet, out long ticks)
    {
        for (Hj212Items items = packet.Items(); items.MoveNext();)
        {
            if (items.Name.SequenceEqual("DataTime"u8))
            {
                return TimeText.TryParse(items.Value, Offset, out ticks);
            }
        }

        ticks = 0;
        return false;
    }

    private static void Add(ReadingBatch into, Hj212Tag tag, in Hj212Packet packet, long ticks)
    {
        ReadOnlySpan<byte> value = default, flag = default;
        bool found = false;
        for (Hj212Items items = packet.Items(); items.MoveNext();)
        {
            if (items.Name.SequenceEqual(tag.Item))
            {
                value = items.Value;
                found = true;
            }
            else if (tag.FlagItem.Length > 0 && items.Name.SequenceEqual(tag.FlagItem))
            {
                flag = items.Value;
            }
        }

        if (!found)
        {
            return;
        }

        Quality quality = QualityOf(flag);
        if (quality.IsBad)
        {
            into.Add(Reading.Failed(tag.Id, quality, ticks));
            return;
        }

        int first = into.Count;
        TagValue.AddText(into, tag.Id, tag.Kind, ticks, value);
        ref Reading reading = ref into.MutableReadings[first];
        if (reading.Quality.IsGood)
        {
            reading = reading with { Quality = quality };
        }
    }

    /// <summary>The marks of data (§6.6.4, table 8); what has none is taken as normal.</summary>
    private static Quality QualityOf(ReadOnlySpan<byte> flag) => flag switch
    {
        [] or [(byte)'N'] or [(byte)'3'] => Quality.Good, // 3: normal, of water in the edition of 2005
        [(byte)'T'] => Quality.UncertainEngineeringUnitsExceeded, // beyond the range of the instrument
        [(byte)'D'] or [(byte)'P'] => Quality.BadDeviceFailure, // the instrument is out of order; without power, in the edition of 2005
        [(byte)'B'] => Quality.BadNoCommunication, // the logger does not reach the instrument
        [(byte)'F'] or [(byte)'M'] or [(byte)'C'] or [(byte)'0'] => Quality.BadOutOfService, // the plant stands, maintenance, calibration
        _ => Quality.Uncertain, // set by hand, or a mark of the logger's own: whatever it means, it is not "normal"
    };
}
