using System.Text;
using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Collector.Receiving.Inlets;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Hj212;

namespace EdgeAgent.Collector.Drivers.Hj212;

/// <summary>A running port or line on which data loggers send.</summary>
internal sealed class Hj212Endpoint : InletEndpoint, ISeesUnknownDevices
{
    private const string NoPacket = "no packet: noise, a wrong length or check";

    private readonly Hj212Plan _plan;
    private readonly SeenList _seen;
    private readonly TimeProvider _time;
    private readonly Hj212Reader _reader;

    public Hj212Endpoint(Hj212Plan plan, IInlet inlet, ReadingInbox inbox, SeenList seen, TimeProvider time)
        : base(inlet, inbox, new FrameMemory(plan.Loggers.Count, time, Encoding.UTF8, Hj212FrameMeanings.Of))
    {
        (_plan, _seen, _time) = (plan, seen, time);
        _reader = new Hj212Reader(
            [.. plan.Loggers.Select(logger => new Hj212Logger(logger.Index, logger.Machine, logger.Password, logger.Tags))],
            plan.Settings.LateMs * UnixTicks.PerMillisecond, inbox, seen);
    }

    public IReadOnlyList<SeenDevice> SeenDevices => _seen.Devices;

    protected override async Task ServeAsync(Stream stream, string peer, CancellationToken stop)
    {
        TimeSpan silenceMost = _plan.Port is null ? TimeSpan.FromMilliseconds(_plan.Settings.SilenceMs) : Timeout.InfiniteTimeSpan;
        var buffer = new StreamBuffer(Hj212Frame.SizeMax + 1024);
        var answers = new List<(int Device, byte[] Packet)>();
        Hj212Logger? last = null;
        var blot = new PasswordBlot();
        while (await buffer.FillAsync(stream, silenceMost, _time, stop).ConfigureAwait(false))
        {
            long now = UnixTicks.Now(_time);
            lock (Inbox.Gate)
            {
                last = Take(buffer, last, answers, ref blot, now);
                Inbox.NoteAdded();
            }

            foreach ((int device, byte[] packet) in answers)
            {
                Frames.Sent(device, PasswordBlot.Of(packet));
                await stream.WriteAsync(packet, stop).ConfigureAwait(false);
            }

            answers.Clear();
        }
    }

    private static byte[] Shown(ReadOnlySpan<byte> bytes, PasswordBlot blot)
    {
        byte[] copy = bytes.ToArray();
        blot.Apply(copy);
        return copy;
    }

    /// <returns>The logger that sent last on this stream.</returns>
    private Hj212Logger? Take(StreamBuffer buffer, Hj212Logger? last, List<(int, byte[])> answers, ref PasswordBlot blot, long now)
    {
        bool isNoted = false;
        while (true)
        {
            Hj212FrameResult result = Hj212Frame.TryRead(buffer.Unread, out int consumed, out ReadOnlySpan<byte> segment);
            if (result == Hj212FrameResult.Packet)
            {
                last = _reader.Take(segment, now, out byte[]? answer, out int device) ?? last;
                Frames.Received(device, Shown(buffer.Unread[..consumed], blot));
                isNoted = false;
                if (answer is not null && _plan.Settings.Answer)
                {
                    answers.Add((device, answer));
                }
            }
            else if (result == Hj212FrameResult.Broken)
            {
                _reader.TakeBroken(last, now);
            }

            if (result != Hj212FrameResult.Packet && consumed > 0 && !isNoted)
            {
                Frames.Received(last?.Index ?? FrameMemory.Connection, Shown(buffer.Unread, blot), NoPacket);
                isNoted = true;
            }

            blot.Apply(buffer.Unread[..consumed].ToArray());
            buffer.Consume(consumed);
            if (result == Hj212FrameResult.NeedMore)
            {
                Frames.Unfinished(Shown(buffer.Unread, blot));
                return last;
            }
        }
    }
}
