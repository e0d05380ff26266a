using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Cjt188;

/// <summary>Recognises the answer to one request by address, control code, identifier and serial number; all else on the line is passed over.</summary>
internal sealed class Cjt188AnswerReader : IAnswerReader
{
    private const byte Wildcard = 0xAA;
    private const byte DataAnswer = 0x81;
    private const byte Refusal = 0xC1;

    private readonly byte[] _address = new byte[Cjt188Address.Bytes];
    private readonly byte[] _head = new byte[3];
    private readonly byte[] _answerer = new byte[Cjt188Address.Bytes];
    private readonly byte[] _data = new byte[Cjt188Frame.DataBytesMax];
    private byte _type;
    private int _dataBytes;

    /// <summary>Behind identifier and serial number.</summary>
    public ReadOnlySpan<byte> Data => _data.AsSpan(0, _dataBytes);

    /// <summary>Type and address of the meter that answered, as they travelled.</summary>
    public byte AnswererType { get; private set; }

    public ReadOnlySpan<byte> AnswererAddress => _answerer;

    /// <summary>With which the meter refused.</summary>
    public ushort State { get; private set; }

    /// <param name="head">Identifier and serial number as they travel.</param>
    public void Expect(Cjt188Meter meter, ReadOnlySpan<byte> address, ReadOnlySpan<byte> head)
    {
        _type = meter.Type;
        address.CopyTo(_address);
        head.CopyTo(_head);
        State = 0;
        _dataBytes = 0;
    }

    public ExchangeStatus? Read(ReadOnlySpan<byte> received, out int consumed)
    {
        consumed = 0;
        while (true)
        {
            var found = Cjt188Frame.Find(received[consumed..], out var frame, out var used);
            consumed += used;
            if (found == LineFrameStatus.Incomplete)
            {
                return null;
            }

            if (IsForUs(frame) && Judge(found, frame) is { } status)
            {
                return status;
            }
        }
    }

    private bool IsForUs(in Cjt188FrameView frame)
    {
        if (frame.Control is not (DataAnswer or Refusal) || (_type != Wildcard && frame.Type != _type))
        {
            return false;
        }

        for (var i = 0; i < _address.Length; i++)
        {
            if (_address[i] != Wildcard && _address[i] != frame.Address[i])
            {
                return false;
            }
        }

        return true;
    }

    private ExchangeStatus? Judge(LineFrameStatus found, in Cjt188FrameView frame)
    {
        if (found == LineFrameStatus.BadChecksum)
        {
            return ExchangeStatus.BadFrame;
        }

        if (frame.Control == Refusal)
        {
            // Serial number, then two bytes of state.
            if (frame.Data.Length > 0 && frame.Data[0] != _head[2])
            {
                return null;
            }

            State = frame.Data.Length >= 3 ? (ushort)(frame.Data[1] | (frame.Data[2] << 8)) : (ushort)0;
            return ExchangeStatus.Refused;
        }

        if (!frame.Data.StartsWith(_head))
        {
            // An answer to an earlier request.
            return null;
        }

        AnswererType = frame.Type;
        frame.Address.CopyTo(_answerer);
        _dataBytes = frame.Data.Length - _head.Length;
        frame.Data[_head.Length..].CopyTo(_data);
        return ExchangeStatus.Ok;
    }
}
