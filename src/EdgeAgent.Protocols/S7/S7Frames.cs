using System.Buffers.Binary;

namespace EdgeAgent.Protocols.S7;

/// <summary>The frames of S7 communication as bytes: TPKT (RFC 1006), COTP (ISO 8073, class 0), and the S7 job to read variables.</summary>
/// <remarks>Siemens does not publish S7 communication; this follows what its controllers send. Input is never trusted: a frame that does
/// not fit is refused, and nothing is allocated.</remarks>
public static class S7Frames
{
    public const int TpktBytes = 4;

    /// <summary>TPKT, COTP data header and the header of an S7 answer.</summary>
    public const int AnswerHeaderBytes = TpktBytes + CotpDataBytes + 12;

    /// <summary>The longest frame that is taken: the longest message, with what is before it.</summary>
    public const int FrameBytesMax = PduBytesMax + TpktBytes + CotpDataBytes;

    public const int PduBytesMax = 4096;

    /// <summary>Items that a controller takes in one read.</summary>
    public const int ItemsMax = 20;

    private const int CotpDataBytes = 3;
    private const int JobHeaderBytes = 10;
    private const int ItemBytes = 12;
    private const int ReadParameterBytes = 2;
    private const byte Protocol = 0x32;
    private const byte Job = 0x01;
    private const byte AckData = 0x03;
    private const byte UserData = 0x07;
    private const byte FunctionRead = 0x04;
    private const byte FunctionSetup = 0xF0;

    /// <summary>Bytes that a read of so many items and data bytes (each run rounded up to even) needs in the answer's message.</summary>
    public static int AnswerBytes(int items, int paddedDataBytes) => 12 + ReadParameterBytes + (items * 4) + paddedDataBytes;

    /// <summary>Bytes of the request's message.</summary>
    public static int RequestBytes(int items) => JobHeaderBytes + ReadParameterBytes + (items * ItemBytes);

    /// <summary>The whole frame's length, from its first four bytes; -1 when they are no TPKT header.</summary>
    public static int FrameLength(ReadOnlySpan<byte> tpkt)
    {
        int length = BinaryPrimitives.ReadUInt16BigEndian(tpkt[2..]);
        return tpkt[0] == 3 && length > TpktBytes && length <= FrameBytesMax ? length : -1;
    }

    /// <returns>Bytes written: a request for a transport connection.</returns>
    public static int WriteConnect(Span<byte> frame, ushort localTsap, ushort remoteTsap)
    {
        ReadOnlySpan<byte> request =
        [
            3, 0, 0, 22, 17, 0xE0, 0, 0, 0, 1, 0,
            0xC0, 1, 0x0A,
            0xC1, 2, (byte)(localTsap >> 8), (byte)localTsap,
            0xC2, 2, (byte)(remoteTsap >> 8), (byte)remoteTsap,
        ];
        request.CopyTo(frame);
        return request.Length;
    }

    /// <summary>Whether the frame confirms the transport connection.</summary>
    public static bool IsConnectConfirm(ReadOnlySpan<byte> frame) => frame.Length >= TpktBytes + 7 && (frame[5] & 0xF0) == 0xD0;

    /// <returns>Bytes written: the agreement on message length.</returns>
    public static int WriteSetup(Span<byte> frame, ushort reference, ushort pduBytes)
    {
        int length = BeginJob(frame, reference, 8, 0);
        ReadOnlySpan<byte> parameter = [FunctionSetup, 0, 0, 1, 0, 1, (byte)(pduBytes >> 8), (byte)pduBytes];
        parameter.CopyTo(frame[(length - 8)..]);
        return length;
    }

    /// <summary>The length of messages that the controller agrees to.</summary>
    public static bool TryReadSetup(ReadOnlySpan<byte> frame, ushort reference, out int pduBytes)
    {
        pduBytes = 0;
        if (!TryReadAnswer(frame, reference, out ushort error, out ReadOnlySpan<byte> parameter, out _) || error != 0 || parameter.Length < 8 || parameter[0] != FunctionSetup)
        {
            return false;
        }

        pduBytes = BinaryPrimitives.ReadUInt16BigEndian(parameter[6..]);
        // Less than one double word in an answer would be of no use.
        return pduBytes is >= 32 and <= PduBytesMax;
    }

    /// <returns>Bytes written: a job to read the items.</returns>
    public static int WriteRead(Span<byte> frame, ushort reference, ReadOnlySpan<S7ReadItem> items)
    {
        int parameterBytes = ReadParameterBytes + (items.Length * ItemBytes);
        int length = BeginJob(frame, reference, parameterBytes, 0);
        Span<byte> at = frame[(length - parameterBytes)..length];
        at[0] = FunctionRead;
        at[1] = (byte)items.Length;
        at = at[2..];
        foreach (S7ReadItem item in items)
        {
            at[0] = 0x12;
            at[1] = 0x0A;
            at[2] = 0x10;
            at[3] = 0x02; // Read as bytes, whatever lies there.
            BinaryPrimitives.WriteUInt16BigEndian(at[4..], (ushort)item.Length);
            BinaryPrimitives.WriteUInt16BigEndian(at[6..], (ushort)item.Block);
            at[8] = (byte)item.Area;
            int bit = item.Start * 8;
            at[9] = (byte)(bit >> 16);
            at[10] = (byte)(bit >> 8);
            at[11] = (byte)bit;
            at = at[ItemBytes..];
        }

        return length;
    }

    /// <summary>Takes the data of a read's answer.</summary>
    /// <param name="items">What was asked for; the answer must be of the same items.</param>
    /// <param name="data">Gets the bytes of all items one after the other, those of refused items left as they are.</param>
    /// <param name="statuses">Gets each item's return code.</param>
    public static bool TryReadData(
        ReadOnlySpan<byte> frame, ushort reference, ReadOnlySpan<S7ReadItem> items, Span<byte> data, Span<S7ItemStatus> statuses, out ushort error)
    {
        if (!TryReadAnswer(frame, reference, out error, out ReadOnlySpan<byte> parameter, out ReadOnlySpan<byte> payload))
        {
            return false;
        }

        if (error != 0)
        {
            return true;
        }

        if (parameter.Length < 2 || parameter[0] != FunctionRead || parameter[1] != items.Length)
        {
            return false;
        }

        for (int i = 0; i < items.Length; i++)
        {
            if (!TryReadItem(ref payload, items[i].Length, data[..items[i].Length], out statuses[i]))
            {
                return false;
            }

            data = data[items[i].Length..];
        }

        return payload.Length <= 1;
    }

    /// <returns>Bytes written: a question for a system status list.</returns>
    public static int WriteStatusList(Span<byte> frame, ushort reference, ushort list)
    {
        const int ParameterBytes = 8, DataBytes = 8;
        int length = BeginJob(frame, reference, ParameterBytes, DataBytes);
        frame[TpktBytes + CotpDataBytes + 1] = UserData;
        ReadOnlySpan<byte> rest = [0, 1, 0x12, 4, 0x11, 0x44, 1, 0, 0xFF, 9, 0, 4, (byte)(list >> 8), (byte)list, 0, 0];
        rest.CopyTo(frame[(length - rest.Length)..]);
        return length;
    }

    /// <summary>Takes the records of a system status list, as many as are whole.</summary>
    /// <param name="recordBytes">0 when the controller does not have the list.</param>
    public static bool TryReadStatusList(ReadOnlySpan<byte> frame, ushort reference, ushort list, out int recordBytes, out ReadOnlySpan<byte> records)
    {
        const int HeaderBytes = 10, DataHeaderBytes = 4, ListHeaderBytes = 8;
        recordBytes = 0;
        records = default;
        if (frame.Length < TpktBytes + CotpDataBytes + HeaderBytes + DataHeaderBytes || frame[4] != 2 || frame[5] != 0xF0)
        {
            return false;
        }

        ReadOnlySpan<byte> message = frame[(TpktBytes + CotpDataBytes)..];
        int parameterBytes = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        if (message[0] != Protocol || message[1] != UserData || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != reference
            || message.Length < HeaderBytes + parameterBytes + DataHeaderBytes)
        {
            return false;
        }

        ReadOnlySpan<byte> data = message[(HeaderBytes + parameterBytes)..];
        if (data[0] != (byte)S7ItemStatus.Ok)
        {
            return true;
        }

        data = data[DataHeaderBytes..];
        if (data.Length < ListHeaderBytes || BinaryPrimitives.ReadUInt16BigEndian(data) != list)
        {
            return false;
        }

        recordBytes = BinaryPrimitives.ReadUInt16BigEndian(data[4..]);
        int count = BinaryPrimitives.ReadUInt16BigEndian(data[6..]);
        data = data[ListHeaderBytes..];
        records = recordBytes == 0 ? default : data[..(Math.Min(count, data.Length / recordBytes) * recordBytes)];
        return true;
    }

    private static bool TryReadItem(ref ReadOnlySpan<byte> payload, int wanted, Span<byte> data, out S7ItemStatus status)
    {
        status = default;
        if (payload.Length < 1)
        {
            return false;
        }

        status = (S7ItemStatus)payload[0];
        if (status != S7ItemStatus.Ok)
        {
            // A refused item has its four header bytes and nothing else; as the last one some controllers shorten it.
            payload = payload[Math.Min(4, payload.Length)..];
            return true;
        }

        if (payload.Length < 4)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]);
        // Kinds 3, 4 and 5 count bits, the others bytes.
        int bytes = payload[1] is 3 or 4 or 5 ? (length + 7) / 8 : length;
        if (bytes != wanted || payload.Length < 4 + bytes)
        {
            return false;
        }

        payload.Slice(4, bytes).CopyTo(data);
        int padded = bytes + (bytes & 1);
        payload = payload[Math.Min(4 + padded, payload.Length)..];
        return true;
    }

    private static bool TryReadAnswer(ReadOnlySpan<byte> frame, ushort reference, out ushort error, out ReadOnlySpan<byte> parameter, out ReadOnlySpan<byte> data)
    {
        error = 0;
        parameter = data = default;
        if (frame.Length < AnswerHeaderBytes || frame[4] != 2 || frame[5] != 0xF0)
        {
            return false;
        }

        ReadOnlySpan<byte> message = frame[(TpktBytes + CotpDataBytes)..];
        if (message[0] != Protocol || message[1] is not (AckData or 0x02) || BinaryPrimitives.ReadUInt16BigEndian(message[4..]) != reference)
        {
            return false;
        }

        int parameterBytes = BinaryPrimitives.ReadUInt16BigEndian(message[6..]);
        int dataBytes = BinaryPrimitives.ReadUInt16BigEndian(message[8..]);
        error = BinaryPrimitives.ReadUInt16BigEndian(message[10..]);
        if (12 + parameterBytes + dataBytes > message.Length)
        {
            return false;
        }

        parameter = message.Slice(12, parameterBytes);
        data = message.Slice(12 + parameterBytes, dataBytes);
        return true;
    }

    private static int BeginJob(Span<byte> frame, ushort reference, int parameterBytes, int dataBytes)
    {
        int length = TpktBytes + CotpDataBytes + JobHeaderBytes + parameterBytes + dataBytes;
        frame[0] = 3;
        frame[1] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)length);
        frame[4] = 2;
        frame[5] = 0xF0;
        frame[6] = 0x80;
        Span<byte> job = frame[(TpktBytes + CotpDataBytes)..];
        job[0] = Protocol;
        job[1] = Job;
        job[2] = job[3] = 0;
        BinaryPrimitives.WriteUInt16BigEndian(job[4..], reference);
        BinaryPrimitives.WriteUInt16BigEndian(job[6..], (ushort)parameterBytes);
        BinaryPrimitives.WriteUInt16BigEndian(job[8..], (ushort)dataBytes);
        return length;
    }
}
