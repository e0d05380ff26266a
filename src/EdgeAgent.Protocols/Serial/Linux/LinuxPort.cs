using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Protocols.Serial.Linux;

/// <summary>Opens and sets up a serial port for ourselves alone.</summary>
internal static unsafe class LinuxPort
{
    /// <summary>The kernel's serial_struct is 72 bytes long on 64-bit systems; flags are its fifth number.</summary>
    private const int SerialStructBytes = 128;
    private const int SerialStructFlags = 4;
    private const int LowLatency = 1 << 13; // ASYNC_LOW_LATENCY

    private const uint Rs485Enabled = 1;
    private const uint Rs485RtsOnSend = 2;
    private const uint Rs485RtsAfterSend = 4;
    private const uint Rs485ReceiveWhileSending = 16;

    /// <exception cref="LineOpenException">With advice.</exception>
    public static SafeFileHandle Open(SerialPlace place)
    {
        const int flags = LinuxCalls.ReadWrite | LinuxCalls.NoControllingTerminal | LinuxCalls.NonBlocking | LinuxCalls.CloseOnExec;
        var port = LinuxCalls.Open(place.Port, flags);
        if (port.IsInvalid)
        {
            var error = Marshal.GetLastPInvokeError();
            port.Dispose();
            throw OpenProblems.Of(place, error);
        }

        try
        {
            SetUp(port, place);
            return port;
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    private static void SetUp(SafeFileHandle port, SerialPlace place)
    {
        // Two locks: TIOCEXCL keeps ordinary programs out, but root passes it; flock is what such programs agree upon.
        if (LinuxCalls.Lock(port, LinuxCalls.LockExclusive | LinuxCalls.LockWithoutWaiting) != 0)
        {
            throw OpenProblems.Of(place, LinuxCalls.Busy);
        }

        Termios2 found;
        if (LinuxCalls.Control(port, LinuxCalls.GetTermios, &found) != 0)
        {
            throw OpenProblems.Of(place, Marshal.GetLastPInvokeError());
        }

        _ = LinuxCalls.Control(port, LinuxCalls.Exclusive, 0);
        var wanted = Termios2.Raw(place.Settings);
        if (LinuxCalls.Control(port, LinuxCalls.SetTermios, &wanted) != 0 || LinuxCalls.Control(port, LinuxCalls.GetTermios, &found) != 0)
        {
            throw OpenProblems.OfSettings(place, Marshal.GetLastPInvokeError());
        }

        // A driver takes what it can and says nothing about the rest. A pseudo terminal has neither parity nor character sizes, nor needs them.
        var isPseudo = SerialPorts.TargetOf(place.Port).StartsWith("/dev/pts/", StringComparison.Ordinal);
        if (!isPseudo && (!found.HasSpeedOf(wanted) || !found.HasFormatOf(wanted)))
        {
            throw OpenProblems.OfRefusedSettings(place, found.HasSpeedOf(wanted) ? null : (int)found.OutputSpeed);
        }

        if (place.Settings.Rs485 is { } rs485)
        {
            SetDirection(port, place, rs485);
        }

        AskForLowLatency(port);
        _ = LinuxCalls.Control(port, LinuxCalls.Flush, LinuxCalls.FlushInput);
    }

    private static void SetDirection(SafeFileHandle port, SerialPlace place, Rs485Settings rs485)
    {
        var serialRs485 = stackalloc uint[8];
        new Span<uint>(serialRs485, 8).Clear();
        serialRs485[0] = Rs485Enabled | (rs485.RtsOnSend ? Rs485RtsOnSend : Rs485RtsAfterSend)
            | (rs485.ReceiveWhileSending ? Rs485ReceiveWhileSending : 0);
        serialRs485[1] = (uint)rs485.DelayBeforeSendMs;
        serialRs485[2] = (uint)rs485.DelayAfterSendMs;
        if (LinuxCalls.Control(port, LinuxCalls.SetRs485, serialRs485) != 0)
        {
            throw OpenProblems.OfDirection(place, Marshal.GetLastPInvokeError());
        }
    }

    /// <summary>FTDI adapters otherwise keep received bytes back for 16 ms. Drivers that do not know the wish refuse it, without harm.</summary>
    private static void AskForLowLatency(SafeFileHandle port)
    {
        var serial = stackalloc int[SerialStructBytes / sizeof(int)];
        new Span<int>(serial, SerialStructBytes / sizeof(int)).Clear();
        if (LinuxCalls.Control(port, LinuxCalls.GetSerial, serial) == 0 && (serial[SerialStructFlags] & LowLatency) == 0)
        {
            serial[SerialStructFlags] |= LowLatency;
            _ = LinuxCalls.Control(port, LinuxCalls.SetSerial, serial);
        }
    }
}
