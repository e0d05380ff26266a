using System.Runtime.InteropServices;

namespace EdgeAgent.Protocols.Serial.Linux;

/// <summary>struct termios2 of asm-generic (x64, arm64): the kernel's own, whose speeds are plain numbers.</summary>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal unsafe struct Termios2
{
    public const int Bytes = 44;

    private const uint CheckParity = 0x10; // INPCK: a character of wrong parity arrives as NUL, so that checksums see it
    private const uint SpeedMask = 0x100F; // CBAUD
    private const int InputSpeedShift = 16; // IBSHIFT
    private const uint OtherSpeed = 0x1000; // BOTHER
    private const uint TwoStopBits = 0x40; // CSTOPB
    private const uint Receive = 0x80; // CREAD
    private const uint Parity = 0x100; // PARENB
    private const uint OddParity = 0x200; // PARODD
    private const uint IgnoreModemLines = 0x800; // CLOCAL
    private const uint StickParity = 0x4000_0000; // CMSPAR
    private const int LeastCharacters = 6; // VMIN

    public uint InputFlags;
    public uint OutputFlags;
    public uint ControlFlags;
    public uint LocalFlags;
    public byte Discipline;
    public fixed byte ControlCharacters[19];
    public uint InputSpeed;
    public uint OutputSpeed;

    /// <summary>Raw bytes, no flow control, no modem lines.</summary>
    public static Termios2 Raw(SerialSettings settings)
    {
        var raw = default(Termios2);
        raw.InputFlags = settings.Parity == SerialParity.None ? 0 : CheckParity;
        raw.ControlFlags = Receive | IgnoreModemLines | OtherSpeed | (OtherSpeed << InputSpeedShift)
            | ((uint)(settings.DataBits - 5) << 4)
            | (settings.StopBits == 2 ? TwoStopBits : 0)
            | settings.Parity switch
            {
                SerialParity.Even => Parity,
                SerialParity.Odd => Parity | OddParity,
                SerialParity.Mark => Parity | OddParity | StickParity,
                SerialParity.Space => Parity | StickParity,
                _ => 0,
            };
        raw.ControlCharacters[LeastCharacters] = 1;
        raw.InputSpeed = (uint)settings.BaudRate;
        raw.OutputSpeed = (uint)settings.BaudRate;
        return raw;
    }

    /// <summary>What of the character format the driver did not take over: parity, size and stop bits.</summary>
    public readonly bool HasFormatOf(in Termios2 wanted)
    {
        const uint format = 0x30 | TwoStopBits | Parity | OddParity | StickParity;
        return (ControlFlags & format) == (wanted.ControlFlags & format);
    }

    /// <summary>UARTs divide a clock, so no rate is met exactly; up to 3 % off, characters are still read rightly.</summary>
    public readonly bool HasSpeedOf(in Termios2 wanted) =>
        Math.Abs((double)OutputSpeed - wanted.OutputSpeed) <= 0.03 * wanted.OutputSpeed;
}
