using EdgeAgent.Protocols.Modbus.Framing;

namespace EdgeAgent.Protocols.Modbus.Client.Sessions;

/// <summary>RTU and ASCII: one request at a time, answers recognised by unit id, function code and byte count.</summary>
internal abstract class UnnumberedSession(ClientCounters counters) : ReplySession(counters)
{
    private readonly LateReplies _late = new();
    private PendingRequest? _current;
    private bool _refusedWhileProbing;

    /// <summary>What was really sent: the current request, or the probe in front of it.</summary>
    protected ModbusReadRequest Asked { get; private set; }

    protected bool IsProbing { get; private set; }

    public override bool CanBegin => _current is null;

    public override bool HasInFlight => _current is not null;

    public override long EarliestDeadline => _current?.Deadline ?? long.MaxValue;

    public override int Begin(PendingRequest request, Span<byte> frame)
    {
        _current = request;
        _refusedWhileProbing = false;
        IsProbing = _late.CouldAnswer(request.Request.UnitId, request.Request.Function);
        Asked = IsProbing ? _late.MakeProbe(request.Request.UnitId, request.Request.Function) : request.Request;
        return WriteFrame(frame, Asked);
    }

    public override SessionStep Next(ReadOnlySpan<byte> received)
    {
        if (received.IsEmpty)
        {
            return SessionStep.NeedMore;
        }

        if (_current is null && _late.IsEmpty)
        {
            Counters.DiscardedBytes += received.Length;
            return SessionStep.Skip(received.Length);
        }

        var status = FindFrame(received, out var skipped, out var consumed, out var unitId, out var pdu);
        Counters.DiscardedBytes += skipped;
        var step = status switch
        {
            FrameStatus.Complete => Answer(unitId, pdu),
            FrameStatus.BadChecksum when _current is not null => GiveUp(ModbusStatus.BadFrame),
            _ => default,
        };
        step.Consumed = consumed;
        return step;
    }

    public override SessionStep TakeExpired(long now)
    {
        if (_current is not { } request || request.Deadline > now)
        {
            return default;
        }

        if (IsProbing && _refusedWhileProbing)
        {
            // The refusal was the probe's own, not a late one: all that was owed had two timeouts to come.
            return ProbeDone();
        }

        return GiveUp(ModbusStatus.Timeout);
    }

    public override bool Abandon(PendingRequest request)
    {
        if (_current != request)
        {
            return false;
        }

        GiveUp(ModbusStatus.Timeout);
        return true;
    }

    public override PendingRequest? TakeAny()
    {
        var request = _current;
        _current = null;
        return request;
    }

    protected abstract int WriteFrame(Span<byte> frame, in ModbusReadRequest request);

    /// <summary>Finds the first frame that may concern us.</summary>
    /// <param name="skipped">Bytes before it that belong to no frame.</param>
    /// <param name="consumed">Bytes done with, the skipped ones and the frame included.</param>
    protected abstract FrameStatus FindFrame(
        ReadOnlySpan<byte> received, out int skipped, out int consumed, out byte unitId, out ReadOnlySpan<byte> pdu);

    /// <summary>Whether a frame that begins with these bytes would answer what was asked.</summary>
    protected bool AnswersCurrent(byte unitId, byte function, byte third) =>
        _current is not null && unitId == Asked.UnitId
        && (function == ((byte)Asked.Function | ModbusLimits.ExceptionBit)
            || (function == (byte)Asked.Function && (Asked.Function == ModbusFunction.ReadDeviceIdentification || third == Asked.DataBytes)));

    /// <summary>Whether a frame of this unit may concern us.</summary>
    protected bool MayBeginAnswer(byte unitId) => (_current is not null && unitId == Asked.UnitId) || _late.Owes(unitId);

    /// <summary>Whether a frame that begins with these bytes would be a late answer.</summary>
    protected bool AnswersLate(byte unitId, byte function, byte third) => _late.CouldAnswer(unitId, function, third);

    private SessionStep Answer(byte unitId, ReadOnlySpan<byte> pdu)
    {
        if (_current is null || unitId != Asked.UnitId)
        {
            return Unasked(unitId, pdu);
        }

        var result = Interpret(Asked, pdu, out var data);
        if (result.Status == ModbusStatus.BadFrame)
        {
            return Unasked(unitId, pdu);
        }

        if (!IsProbing)
        {
            _late.Forget(unitId);
            return new SessionStep { Request = TakeAny(), Result = result, Data = data };
        }

        if (result.Status == ModbusStatus.Ok)
        {
            return ProbeDone();
        }

        // Either the late refusal of an older request or that of the probe: wait for what else comes.
        _refusedWhileProbing = true;
        Counters.LateReplies++;
        return default;
    }

    private SessionStep Unasked(byte unitId, ReadOnlySpan<byte> pdu)
    {
        if (AnswersLate(unitId, pdu[0], pdu[1]))
        {
            Counters.LateReplies++;
        }
        else
        {
            Counters.UnexpectedFrames++;
        }

        return default;
    }

    private SessionStep ProbeDone()
    {
        _late.Forget(Asked.UnitId);
        IsProbing = false;
        return new SessionStep { Request = TakeAny(), SendAgain = true };
    }

    private SessionStep GiveUp(ModbusStatus status)
    {
        _late.Add(Asked);
        return new SessionStep { Request = TakeAny(), Result = new ModbusResult(status) };
    }
}
