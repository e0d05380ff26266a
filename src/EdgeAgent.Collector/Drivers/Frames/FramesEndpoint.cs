using EdgeAgent.Collector.LastFrames;
using EdgeAgent.Collector.Receiving;
using EdgeAgent.Collector.Receiving.Inlets;
using EdgeAgent.Core.Model;
using EdgeAgent.Protocols.Frames;

namespace EdgeAgent.Collector.Drivers.Frames;

/// <summary>A running line on which devices send frames.</summary>
internal sealed class FramesEndpoint(FramesPlan plan, IInlet inlet, ReadingInbox inbox, TimeProvider time)
    : InletEndpoint(inlet, inbox, new FrameMemory(plan.FrameDevices.Count, time, plan.Encoding))
{
    private const string NoFrame = "no frame: noise, a wrong checksum, or another framing";
    private const string Begun = "may have begun before the line was opened, so it is not taken";

    /// <summary>A pause as no device makes it within a frame: what comes behind it begins one.</summary>
    private static readonly TimeSpan SilentBefore = TimeSpan.FromMilliseconds(100);

    private readonly FrameReader _reader = new(plan.FrameDevices, plan.Encoding, inbox, new DeviceProblems(plan.FrameDevices.Count, inbox));

    /// <summary>Whose bytes they are when they are no frame, and who is asked.</summary>
    private readonly int _only = plan.FrameDevices.Count == 1 ? 0 : FrameMemory.Connection;

    private bool _isBroken;

    protected override async Task ServeAsync(Stream stream, string peer, CancellationToken stop)
    {
        if (plan.Command is null)
        {
            await ReadAsync(stream, stop).ConfigureAwait(false);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task asking = AskAsync(stream, plan.Command, ended.Token);
        try
        {
            await ReadAsync(stream, stop).ConfigureAwait(false);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await asking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadAsync(Stream stream, CancellationToken stop)
    {
        // A serial line never closes, and silence there is the device's, not the line's.
        TimeSpan silenceMost = plan.Port is null ? TimeSpan.FromMilliseconds(plan.Settings.SilenceMs) : Timeout.InfiniteTimeSpan;
        var buffer = new StreamBuffer(plan.Rule.SizeMax + plan.Rule.End.Length + 256);
        long openedAt = time.GetTimestamp();
        Rest? rest = null;
        while (await buffer.FillAsync(stream, silenceMost, time, stop).ConfigureAwait(false))
        {
            // A device that sends on and on was in the middle of a frame, most likely, when its line was opened.
            rest ??= plan.Port is not null && plan.Command is null && time.GetElapsedTime(openedAt) < SilentBefore ? Rest.OfBefore : Rest.None;
            long now = UnixTicks.Now(time);
            lock (Inbox.Gate)
            {
                rest = Take(buffer, now, rest.Value);
                Inbox.NoteAdded();
            }
        }
    }

    /// <param name="rest">What it is that comes up to the next end.</param>
    private Rest Take(StreamBuffer buffer, long now, Rest rest)
    {
        bool isEndOnly = plan.Rule.Start.IsEmpty && !plan.Rule.End.IsEmpty && plan.Rule.Checksum.Kind == ChecksumKind.None;
        while (true)
        {
            FrameResult result = plan.Rule.TryRead(buffer.Unread, out int consumed, out ReadOnlySpan<byte> content);
            ReadOnlySpan<byte> taken = buffer.Unread[..consumed];
            if (isEndOnly && result == FrameResult.Frame && rest != Rest.None)
            {
                // It would pass for a frame: "34.5" for "1234.5".
                result = rest == Rest.OfBefore ? FrameResult.Skipped : FrameResult.Broken;
                if (rest == Rest.OfBefore)
                {
                    Frames.Received(_only, taken, Begun);
                }
            }

            rest = result == FrameResult.NeedMore ? rest : taken.EndsWith(plan.Rule.End.Span) ? Rest.None : Rest.OfLonger;
            if (result == FrameResult.Frame)
            {
                Frames.Received(_reader.Take(content, now), taken);
            }
            else if (result == FrameResult.Broken)
            {
                _reader.TakeBroken(now);
            }

            NoteRest(result, taken);
            buffer.Consume(consumed);
            if (result == FrameResult.NeedMore)
            {
                Frames.Unfinished(buffer.Unread);
                return rest;
            }
        }
    }

    /// <summary>Notes bytes that are no frame. Noise is found a byte at a time; one run of it is one thing to look at.</summary>
    private void NoteRest(FrameResult result, ReadOnlySpan<byte> taken)
    {
        if (result is FrameResult.Frame or FrameResult.Skipped)
        {
            _isBroken = false;
        }
        else if (_isBroken)
        {
            Frames.ReceivedMore(_only, taken, NoFrame);
        }
        else if (!taken.IsEmpty)
        {
            Frames.Received(_only, taken, NoFrame);
            _isBroken = true;
        }
    }

    private async Task AskAsync(Stream stream, byte[] command, CancellationToken stop)
    {
        while (true)
        {
            Frames.Sent(_only, command);
            await stream.WriteAsync(command, stop).ConfigureAwait(false);
            await Task.Delay(TimeSpan.FromMilliseconds(plan.Settings.Poll!.IntervalMs), time, stop).ConfigureAwait(false);
        }
    }

    /// <summary>What may come first where only the end of a frame is marked.</summary>
    private enum Rest
    {
        None,

        /// <summary>Of a frame that began before the line was opened.</summary>
        OfBefore,

        /// <summary>Of one that is too long.</summary>
        OfLonger,
    }
}
