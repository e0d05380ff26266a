using System.Runtime.InteropServices;

namespace EdgeAgent.Protocols.Serial.Linux;

/// <summary>What the system's errors mean for the person who wants to use the port.</summary>
internal static class OpenProblems
{
    public static LineOpenException Of(SerialPlace place, int error) => new(error switch
    {
        LinuxCalls.NoSuchFile => $"there is no serial port {place.Port}; {SerialPorts.Describe()}; is the adapter plugged in, and passed into the container if there is one?",
        LinuxCalls.NoPermission => $"no permission to open {place.Port}; add the user to the group that owns it, usually dialout: "
            + "'sudo usermod -aG dialout USER' and log in again (a service: SupplementaryGroups=dialout)",
        LinuxCalls.Busy => $"{place.Port} is in use by {PortUsers.Describe(place.Port)}; end that program, or let it use another port: a line can have only one owner",
        LinuxCalls.NoTerminal or LinuxCalls.InvalidArgument => $"{place.Port} is not a serial port; {SerialPorts.Describe()}",
        LinuxCalls.InputOutput or LinuxCalls.NoSuchAddress or LinuxCalls.NoSuchDevice =>
            $"{place.Port} has no device behind it ({Text(error)}): the adapter is gone, or the port exists in name only; {SerialPorts.Describe()}",
        _ => $"{place.Port} cannot be opened: {Text(error)}",
    });

    public static LineOpenException OfSettings(SerialPlace place, int error) =>
        new($"{place.Port} refuses {place.Settings}: {Text(error)}; try a usual baud rate, or another adapter");

    public static LineOpenException OfRefusedSettings(SerialPlace place, int? baudRate) => new(baudRate is { } rate
        ? $"{place.Port} cannot do {place.Settings.BaudRate} baud, it offered {rate}; choose another baud rate or another adapter"
        : $"{place.Port} cannot do {place.Settings}: its driver left data bits, parity or stop bits as they were; choose others or another adapter");

    public static LineOpenException OfDirection(SerialPlace place, int error) =>
        new($"the driver of {place.Port} does not steer RS-485 direction ({Text(error)}); leave rs485 out: most adapters turn by themselves");

    private static string Text(int error) => Marshal.GetPInvokeErrorMessage(error);
}
