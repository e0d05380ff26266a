using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Protocols.Serial.Linux;

/// <summary>A line whose one end is a serial port for programs to open and whose other end is ours: for simulated devices.</summary>
public sealed unsafe class PseudoTerminal : IDisposable
{
    private readonly SafeFileHandle _keptOpen;

    private PseudoTerminal(SafeFileHandle master, string port, TimeProvider time)
    {
        Port = port;

        // As long as we hold the port's side too, our end does not report a hang-up when a program closes the port.
        _keptOpen = LinuxCalls.Open(port, LinuxCalls.ReadWrite | LinuxCalls.NoControllingTerminal | LinuxCalls.CloseOnExec);
        var raw = Termios2.Raw(new SerialSettings());
        _ = LinuxCalls.Control(_keptOpen, LinuxCalls.SetTermios, &raw);
        Line = new SerialLine(new SerialPlace(port, new SerialSettings { BaudRate = SerialSettings.BaudRateMost }), master, time);
    }

    /// <summary>The path that programs open.</summary>
    public string Port { get; }

    /// <summary>Our end.</summary>
    public ILine Line { get; }

    /// <exception cref="LineOpenException">The system has none to give.</exception>
    public static PseudoTerminal Open(TimeProvider time)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new LineOpenException($"pseudo terminals are there on Linux only, and this is {Environment.OSVersion.VersionString}");
        }

        var master = LinuxCalls.OpenPseudoTerminal(
            LinuxCalls.ReadWrite | LinuxCalls.NoControllingTerminal | LinuxCalls.NonBlocking | LinuxCalls.CloseOnExec);
        var name = stackalloc byte[128];
        if (master.IsInvalid || LinuxCalls.Grant(master) != 0 || LinuxCalls.Unlock(master) != 0 || LinuxCalls.NameOf(master, name, 128) != 0)
        {
            var text = Marshal.GetLastPInvokeErrorMessage();
            master.Dispose();
            throw new LineOpenException($"no pseudo terminal: {text}");
        }

        return new PseudoTerminal(master, Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)), time);
    }

    public void Dispose()
    {
        Line.Dispose();
        _keptOpen.Dispose();
    }
}
