using System.Buffers.Binary;
using System.Text;

namespace EdgeAgent.Protocols.Melsec;

/// <summary>Batch read in words, as 3E and 1E binary frames (MELSEC Communication Protocol reference manual, chapters on QnA-compatible 3E and
/// A-compatible 1E frames; command 0401). Input is never trusted, and nothing is allocated.</summary>
public static class MelsecFrames
{
    /// <summary>Words of one 3E read.</summary>
    public const int WordsMax = 960;

    /// <summary>Words of one 1E read.</summary>
    public const int WordsMax1E = 64;

    public const int RequestBytesMax = 21;

    /// <summary>What every answer begins with.</summary>
    public const int SubheaderBytes = 2;

    /// <summary>Subheader to length: what tells how much follows.</summary>
    public const int HeaderBytes3E = 9;

    /// <summary>Subheader and end code; how much follows is known from the request.</summary>
    public const int HeaderBytes1E = 2;

    /// <summary>The longest body of an answer.</summary>
    public const int BodyBytesMax = 2 + (WordsMax * 2);

    private const byte EndCodeWithReason1E = 0x5B;
    private const int ModelNameBytes = 16;

    /// <summary>Words of one read in a kind of frame.</summary>
    public static int WordsMaxOf(MelsecFrameKind kind) => kind == MelsecFrameKind.E3 ? WordsMax : WordsMax1E;

    /// <returns>Bytes written.</returns>
    public static int WriteRead(Span<byte> frame, MelsecClientOptions options, MelsecRun run) =>
        options.Frame == MelsecFrameKind.E3 ? WriteRead3E(frame, options, run) : WriteRead1E(frame, options, run);

    /// <returns>Bytes written: a 3E question for the name of the CPU module (command 0101).</returns>
    public static int WriteReadModel(Span<byte> frame, MelsecClientOptions options)
    {
        WriteHeader3E(frame, options, 6, 0x0101);
        return 15;
    }

    /// <summary>Takes the name and code of a CPU module.</summary>
    public static bool TryReadModel(ReadOnlySpan<byte> body, out string name, out ushort code)
    {
        (name, code) = ("", 0);
        if (body.Length != 2 + ModelNameBytes + 2 || BinaryPrimitives.ReadUInt16LittleEndian(body) != 0)
        {
            return false;
        }

        name = Encoding.ASCII.GetString(body.Slice(2, ModelNameBytes)).TrimEnd(' ', '\0');
        code = BinaryPrimitives.ReadUInt16LittleEndian(body[(2 + ModelNameBytes)..]);
        return true;
    }

    /// <summary>Whether the subheader is that of a 3E answer.</summary>
    public static bool IsAnswer3E(ReadOnlySpan<byte> header) => header[0] == 0xD0 && header[1] == 0;

    /// <summary>How many bytes follow a 3E header; -1 when it answers something else.</summary>
    public static int BodyLength3E(ReadOnlySpan<byte> header, MelsecClientOptions options)
    {
        int length = BinaryPrimitives.ReadUInt16LittleEndian(header[7..]);
        return IsAnswer3E(header) && header[2] == options.Network && header[3] == options.Pc
            && BinaryPrimitives.ReadUInt16LittleEndian(header[4..]) == options.ModuleIo && header[6] == options.Station
            && length is >= 2 and <= BodyBytesMax ? length : -1;
    }

    /// <summary>How many bytes follow a 1E header; -1 when it answers something else.</summary>
    public static int BodyLength1E(ReadOnlySpan<byte> header, int words) => header[0] != 0x81 ? -1 : header[1] switch
    {
        0 => words * 2,
        EndCodeWithReason1E => 2,
        _ => 0,
    };

    /// <summary>Takes the words of a 3E answer, bytes as they came: the low one of each word first.</summary>
    public static bool TryRead3E(ReadOnlySpan<byte> body, Span<byte> words, out ushort endCode)
    {
        endCode = BinaryPrimitives.ReadUInt16LittleEndian(body);
        if (endCode != 0)
        {
            return true;
        }

        if (body.Length != 2 + words.Length)
        {
            return false;
        }

        body[2..].CopyTo(words);
        return true;
    }

    /// <summary>Takes the words of a 1E answer.</summary>
    /// <param name="header">Its two bytes.</param>
    public static bool TryRead1E(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, Span<byte> words, out ushort endCode)
    {
        endCode = header[1] == 0 ? (ushort)0 : (ushort)((header[1] << 8) | (body.Length > 0 ? body[0] : 0));
        if (endCode != 0)
        {
            return true;
        }

        if (body.Length != words.Length)
        {
            return false;
        }

        body.CopyTo(words);
        return true;
    }

    private static int WriteRead3E(Span<byte> frame, MelsecClientOptions options, MelsecRun run)
    {
        WriteHeader3E(frame, options, 12, 0x0401);
        frame[15] = (byte)run.Start;
        frame[16] = (byte)(run.Start >> 8);
        frame[17] = (byte)(run.Start >> 16);
        frame[18] = (byte)run.Area;
        BinaryPrimitives.WriteUInt16LittleEndian(frame[19..], (ushort)run.Words);
        return 21;
    }

    /// <param name="length">Bytes from the watch on.</param>
    private static void WriteHeader3E(Span<byte> frame, MelsecClientOptions options, ushort length, ushort command)
    {
        frame[0] = 0x50;
        frame[1] = 0;
        frame[2] = options.Network;
        frame[3] = options.Pc;
        BinaryPrimitives.WriteUInt16LittleEndian(frame[4..], options.ModuleIo);
        frame[6] = options.Station;
        BinaryPrimitives.WriteUInt16LittleEndian(frame[7..], length);
        BinaryPrimitives.WriteUInt16LittleEndian(frame[9..], WatchOf(options));
        BinaryPrimitives.WriteUInt16LittleEndian(frame[11..], command);
        BinaryPrimitives.WriteUInt16LittleEndian(frame[13..], 0x0000);
    }

    private static int WriteRead1E(Span<byte> frame, MelsecClientOptions options, MelsecRun run)
    {
        frame[0] = 0x01;
        frame[1] = options.Pc;
        BinaryPrimitives.WriteUInt16LittleEndian(frame[2..], WatchOf(options));
        BinaryPrimitives.WriteUInt32LittleEndian(frame[4..], (uint)run.Start);
        BinaryPrimitives.WriteUInt16LittleEndian(frame[8..], run.Area.Code1E());
        frame[10] = (byte)run.Words;
        frame[11] = 0;
        return 12;
    }

    /// <summary>How long the module waits for the CPU, in steps of 250 ms: no longer than we wait for the module.</summary>
    private static ushort WatchOf(MelsecClientOptions options) => (ushort)Math.Clamp(options.ResponseTimeoutMs / 250, 1, 40);
}
