using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Protocols.Serial.Linux;

/// <summary>An open serial port, served by a thread of its own.</summary>
/// <remarks>
/// A tty cannot be read asynchronously and cancelled through the runtime. So one thread waits in ppoll for bytes, for the next
/// due instant with the kernel's precision (a timer of the runtime may be late by a millisecond or two, as long as a frame at 115,200 baud),
/// and for a wake-up; nothing it waits for is without an end, because closing wakes it. It alone touches the port and ends calls,
/// and it closes the port when it leaves, so that no call can hit another file of the same number.
/// </remarks>
internal sealed unsafe class SerialLine : ILine
{
    /// <summary>Waiting for silence ends after this many times the silence, or after the longest frame of the protocols in use,
    /// because on a line where someone never stops a request must still be answered by its deadline.</summary>
    private const int SilencesMost = 8;
    private const int CharactersMost = 300;

    /// <summary>The thread leaves within microseconds of its wake-up; who closes does not wait for ever for it all the same.</summary>
    private static readonly TimeSpan CloseMost = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Thread _thread;
    private readonly SafeFileHandle _port;
    private readonly SafeFileHandle _wake;
    private readonly SerialSettings _settings;
    private readonly TimeProvider _time;
    private readonly LineTurn _send = new();
    private readonly LineTurn _receive = new();
    private long _lastStamp;
    private bool _closing;
    private LineBrokenException? _broken;

    public SerialLine(SerialPlace place, SafeFileHandle port, TimeProvider time)
    {
        Name = place.ToString();
        _port = port;
        _settings = place.Settings;
        _time = time;
        _lastStamp = time.GetTimestamp();
        _wake = LinuxCalls.NewEvent(0, LinuxCalls.NonBlocking | LinuxCalls.CloseOnExec);
        if (_wake.IsInvalid)
        {
            port.Dispose();
            throw new LineOpenException($"{place.Port}: no event from the system: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        _thread = new Thread(Run) { IsBackground = true, Name = "serial " + Path.GetFileName(place.Port) };
        _thread.Start();
    }

    public string Name { get; }

    public bool IsOpen => Volatile.Read(ref _broken) is null && !Volatile.Read(ref _closing);

    public ValueTask<int> SendAsync(ReadOnlyMemory<byte> bytes, TimeSpan silence, CancellationToken cancellation) =>
        Begin(_send, bytes, default, silence, cancellation);

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer, TimeSpan timeout, CancellationToken cancellation) =>
        Begin(_receive, default, buffer, timeout, cancellation);

    public void DiscardInput()
    {
        lock (_gate)
        {
            if (_broken is null)
            {
                _ = LinuxCalls.Control(_port, LinuxCalls.Flush, LinuxCalls.FlushInput);
            }
        }
    }

    /// <remarks>The port is free when this returns, so that it can be opened again with other settings.</remarks>
    public void Close()
    {
        _closing = true;
        if (Thread.CurrentThread == _thread)
        {
            // In what follows an await: nobody else touches the port.
            Leave(ClosedHere, null);
            return;
        }

        Wake();
        _thread.Join(CloseMost);
    }

    public void Dispose() => Close();

    private ValueTask<int> Begin(LineTurn turn, ReadOnlyMemory<byte> outgoing, Memory<byte> incoming, TimeSpan wait, CancellationToken cancellation)
    {
        ValueTask<int> task;
        lock (_gate)
        {
            if (_broken is { } broken)
            {
                return ValueTask.FromException<int>(broken);
            }

            task = turn.Begin(outgoing, incoming, wait);
            turn.WatchFor(cancellation, static state => ((SerialLine)state!).Wake(), this);
        }

        Wake();
        return task;
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (_broken is null)
            {
                ulong one = 1;
                _ = LinuxCalls.Write(_wake, (byte*)&one, sizeof(ulong));
            }
        }
    }

    private void Run()
    {
        // Timers of a thread may be late by 50 µs so that wake-ups fall together; five characters at 921,600 baud.
        _ = LinuxCalls.ControlThread(LinuxCalls.SetTimerSlack, 1);
        try
        {
            while (!_closing)
            {
                Settle(out var events, out var untilStamp);
                if (!_closing)
                {
                    Wait(events, untilStamp);
                }
            }

            Leave(ClosedHere, null);
        }
        catch (IOException exception)
        {
            Leave(exception.Message, exception);
        }
    }

    /// <summary>Does what can be done now, and says what to wait for.</summary>
    private void Settle(out short events, out long untilStamp)
    {
        bool sending;
        bool receiving;
        lock (_gate)
        {
            (sending, receiving) = (_send.IsActive, _receive.IsActive);
        }

        events = 0;
        untilStamp = long.MaxValue;
        if (receiving && !TryReceive())
        {
            events |= LinuxCalls.Readable;
            untilStamp = _receive.LimitStamp;
        }

        // What followed the receive may have closed the line.
        if (sending && !_closing && !TrySend(out var dueStamp))
        {
            // Before the silence is over the port would take the bytes at any time.
            events |= dueStamp == 0 ? LinuxCalls.Writable : (short)0;
            untilStamp = dueStamp == 0 ? untilStamp : Math.Min(untilStamp, dueStamp);
        }
    }

    /// <returns>Whether the receive has ended, or another was begun meanwhile.</returns>
    private bool TryReceive()
    {
        if (_receive.IsCancelled)
        {
            _receive.EndCancelled();
            return Again();
        }

        nint bytes;
        fixed (byte* start = _receive.Incoming.Span)
        {
            bytes = LinuxCalls.Read(_port, start, (nuint)_receive.Incoming.Length);
        }

        var now = _time.GetTimestamp();
        if (bytes > 0)
        {
            _lastStamp = Math.Max(_lastStamp, now);
            _receive.End((int)bytes);
            return Again();
        }

        ThrowUnlessWaiting(bytes);
        if (_receive.LimitStamp == 0)
        {
            _receive.LimitStamp = _receive.Wait < TimeSpan.Zero ? long.MaxValue : Math.Max(now, _lastStamp) + Stamps(_receive.Wait);
        }

        // What is still being sent postpones the limit.
        if (_receive.Wait >= TimeSpan.Zero && now >= _receive.LimitStamp)
        {
            _receive.End(0);
            return Again();
        }

        return false;
    }

    /// <param name="dueStamp">When the silence will be over; 0 when it is, and the port is full.</param>
    private bool TrySend(out long dueStamp)
    {
        dueStamp = 0;
        if (_send.IsCancelled)
        {
            _send.EndCancelled();
            return Again();
        }

        var now = _time.GetTimestamp();
        if (_send.Done == 0 && _send.Wait > TimeSpan.Zero)
        {
            if (_send.LimitStamp == 0)
            {
                var patience = _settings.TimeOf(CharactersMost);
                _send.LimitStamp = now + Stamps(patience + (_send.Wait * SilencesMost));
            }

            dueStamp = Math.Min(_lastStamp + Stamps(_send.Wait), _send.LimitStamp);
            if (now < dueStamp)
            {
                return false;
            }

            dueStamp = 0;
        }

        return TryWrite(now);
    }

    private bool TryWrite(long now)
    {
        nint bytes;
        fixed (byte* start = _send.Outgoing.Span)
        {
            bytes = LinuxCalls.Write(_port, start + _send.Done, (nuint)(_send.Outgoing.Length - _send.Done));
        }

        if (bytes < 0)
        {
            ThrowUnlessWaiting(bytes);
            return false;
        }

        // The port took them; they leave at the line's pace.
        _lastStamp = Math.Max(_lastStamp, now) + Stamps(_settings.TimeOf(bytes));
        _send.Done += (int)bytes;
        if (_send.Done < _send.Outgoing.Length)
        {
            return false;
        }

        // A receive that already waits counts its time from the last bit.
        lock (_gate)
        {
            if (_receive.IsActive)
            {
                _receive.LimitStamp = 0;
            }
        }

        _send.End(_send.Done);
        return Again();
    }

    /// <summary>Ending a call ran its caller, who may have begun the next one: look again before waiting.</summary>
    private bool Again()
    {
        Wake();
        return true;
    }

    private void Wait(short events, long untilStamp)
    {
        var polled = stackalloc LinuxCalls.Polled[2];
        polled[0] = new LinuxCalls.Polled { Descriptor = (int)_port.DangerousGetHandle(), Events = events };
        polled[1] = new LinuxCalls.Polled { Descriptor = (int)_wake.DangerousGetHandle(), Events = LinuxCalls.Readable };
        LinuxCalls.TimeSpec timeout;
        if (untilStamp != long.MaxValue)
        {
            var ticks = Math.Max(0, _time.GetElapsedTime(_time.GetTimestamp(), untilStamp).Ticks);
            timeout.Seconds = ticks / TimeSpan.TicksPerSecond;
            timeout.Nanoseconds = ticks % TimeSpan.TicksPerSecond * 100;
        }

        var count = LinuxCalls.Poll(polled, 2, untilStamp == long.MaxValue ? null : &timeout, null);
        if (count < 0 && Marshal.GetLastPInvokeError() != LinuxCalls.Interrupted)
        {
            throw new IOException(Marshal.GetLastPInvokeErrorMessage());
        }

        if (count > 0 && polled[1].Happened != 0)
        {
            ulong wakes;
            _ = LinuxCalls.Read(_wake, (byte*)&wakes, sizeof(ulong));
        }

        // What came before the end is received first: a device may answer with its last breath.
        if (count > 0 && (polled[0].Happened & LinuxCalls.Readable) == 0
            && (polled[0].Happened & (LinuxCalls.Failed | LinuxCalls.HungUp | LinuxCalls.Invalid)) != 0)
        {
            throw new IOException(Gone);
        }
    }

    private const string ClosedHere = "closed by this side";
    private const string Gone = "the adapter is gone (pulled, reset, or its other end closed)";

    private static void ThrowUnlessWaiting(nint result)
    {
        var error = result == 0 ? 0 : Marshal.GetLastPInvokeError();
        if (error is LinuxCalls.TryAgain or LinuxCalls.Interrupted)
        {
            return;
        }

        throw new IOException(error is 0 or LinuxCalls.InputOutput or LinuxCalls.NoSuchDevice or LinuxCalls.NoSuchAddress
            ? Gone
            : Marshal.GetPInvokeErrorMessage(error));
    }

    private void Leave(string reason, Exception? cause)
    {
        var broken = new LineBrokenException($"{Name}: {reason}", cause);
        lock (_gate)
        {
            if (_broken is not null)
            {
                return;
            }

            Volatile.Write(ref _broken, broken);
        }

        _ = LinuxCalls.Control(_port, LinuxCalls.NotExclusive, 0);
        _port.Dispose();
        _wake.Dispose();
        if (_receive.IsActive)
        {
            _receive.EndBroken(broken);
        }

        if (_send.IsActive)
        {
            _send.EndBroken(broken);
        }
    }

    private long Stamps(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);
}
