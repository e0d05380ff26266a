namespace EdgeAgent.Simulation;

/// <summary>What a simulated machine is doing; the numbers stand in its state register.</summary>
internal enum MachineState : ushort
{
    Stopped = 0,
    Running = 1,
    Idle = 2,
    Alarm = 3,
}
