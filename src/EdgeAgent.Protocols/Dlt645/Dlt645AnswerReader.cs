using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Protocols.Dlt645;

/// <summary>Recognises the answer to one request by control code, address and data identifier; all else on the line is passed over.</summary>
internal sealed class Dlt645AnswerReader : IAnswerReader
{
    private readonly byte[] _data = new byte[Dlt645Frame.DataBytesMax];
    private Dlt645Control _control;
    private byte _code;
    private MeterAddress _asked;
    private uint _identifier;
    private bool _wantsAddress;
    private int _dataBytes;

    /// <summary>Of the meter that answered.</summary>
    public MeterAddress Address { get; private set; }

    /// <summary>Without the identifier.</summary>
    public ReadOnlySpan<byte> Data => _data.AsSpan(_wantsAddress ? 0 : _control.IdentifierBytes, _dataBytes);

    public bool HasMore { get; private set; }

    public byte Error { get; private set; }

    public void Expect(in Dlt645Control control, byte code, MeterAddress address, uint identifier) =>
        (_control, _code, _asked, _identifier, _wantsAddress, Error) = (control, code, address, identifier, false, 0);

    public void ExpectAddress(byte code) => (_code, _asked, _wantsAddress, Error) = (code, MeterAddress.Any, true, 0);

    public ExchangeStatus? Read(ReadOnlySpan<byte> received, out int consumed)
    {
        consumed = 0;
        while (true)
        {
            var found = Dlt645Frame.Find(received[consumed..], _data, out var frame, out var used);
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

    /// <summary>An echo of the request has the same address, but not the bit of an answer.</summary>
    private bool IsForUs(in Dlt645Header frame) =>
        frame.Address.IsMeantBy(_asked) && (frame.Control & ~(Dlt645Control.Error | Dlt645Control.More)) == (_code | Dlt645Control.Answer);

    private ExchangeStatus? Judge(LineFrameStatus found, in Dlt645Header frame)
    {
        if (found == LineFrameStatus.BadChecksum)
        {
            return ExchangeStatus.BadFrame;
        }

        Address = frame.Address;
        if ((frame.Control & Dlt645Control.Error) != 0)
        {
            Error = frame.DataBytes > 0 ? _data[0] : (byte)0;
            return ExchangeStatus.Refused;
        }

        HasMore = (frame.Control & Dlt645Control.More) != 0;
        if (_wantsAddress)
        {
            // The address stands in the data too; meters behind converters sometimes answer with AA in front.
            Address = frame.DataBytes >= MeterAddress.Bytes ? MeterAddress.Read(_data) : frame.Address;
            _dataBytes = frame.DataBytes;
            return ExchangeStatus.Ok;
        }

        _dataBytes = frame.DataBytes - _control.IdentifierBytes;
        if (_dataBytes < 0)
        {
            return ExchangeStatus.BadFrame;
        }

        // Of the right meter but about something else: late. It answers nothing any more.
        return DataIdentifiers.Read(_data, _control.IdentifierBytes) == _identifier ? ExchangeStatus.Ok : null;
    }
}
