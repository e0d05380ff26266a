using EdgeAgent.Core.Model;
using EdgeAgent.Simulation;

namespace EdgeAgent.Tests.Simulation;

public sealed class SimulatedMachineTests
{
    private static readonly long Start = UnixTicks.From(new DateTimeOffset(2026, 7, 1, 10, 59, 0, TimeSpan.Zero));

    public static TheoryData<string> Kinds => [.. MachineProfile.All.Select(profile => profile.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Counters_never_run_backwards_over_blocks_and_hours(string kind)
    {
        SimulatedMachine machine = new(MachineProfile.Find(kind)!, seed: 3);
        MachineReadout before = machine.ReadAt(Start);
        for (long second = 1; second < 3 * 3600; second += 7)
        {
            MachineReadout now = machine.ReadAt(Start + (second * UnixTicks.PerSecond));
            Assert.True(now.Parts >= before.Parts && now.EnergyWh >= before.EnergyWh && now.Rejects >= before.Rejects);
            before = now;
        }
    }

    [Fact]
    public void The_same_instant_gives_the_same_answer_also_after_a_restart()
    {
        MachineProfile profile = MachineProfile.Find("cnc")!;

        Assert.Equal(new SimulatedMachine(profile, 5).ReadAt(Start), new SimulatedMachine(profile, 5).ReadAt(Start));
        Assert.NotEqual(new SimulatedMachine(profile, 5).ReadAt(Start), new SimulatedMachine(profile, 6).ReadAt(Start));
    }

    [Fact]
    public void An_hour_has_the_states_that_the_profile_asks_for()
    {
        MachineProfile profile = MachineProfile.Find("press")!;
        SimulatedMachine machine = new(profile, 9);
        long hour = UnixTicks.PerHour * (UnixTicks.HourOf(Start) + 1L);

        List<MachineState> blocks = [.. Enumerable.Range(0, 40).Select(block => machine.ReadAt(hour + (block * 90 * UnixTicks.PerSecond)).State)];

        Assert.Equal(profile.RunningBlocks, blocks.Count(state => state == MachineState.Running));
        Assert.Equal(profile.AlarmBlocks, blocks.Count(state => state == MachineState.Alarm));
    }

    [Fact]
    public void Registers_stand_where_the_map_says()
    {
        byte[] registers = new byte[MachineRegisters.Count * 2];
        MachineReadout readout = new(MachineState.Running, 0, 0x01020304, 5, 1.5f, 20f, 6.2f, 71.5f, 22.5f, 0x0102030405060708, 77);

        MachineRegisters.Write(readout, registers);

        Assert.Equal(new byte[] { 0, 1 }, registers[..2]);
        Assert.Equal(new byte[] { 1, 2, 3, 4 }, registers[4..8]);
        Assert.Equal(new byte[] { 0x3F, 0xC0, 0, 0 }, registers[12..16]);
        Assert.Equal(62, registers[21]);
        Assert.Equal(new byte[] { 0, 0, 0x41, 0xB4 }, registers[24..28]); // 22.5 = 0x41B40000, low word first
        Assert.Equal(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, registers[28..36]);
        Assert.Equal(0b1101, MachineRegisters.Bits(readout));
    }
}
