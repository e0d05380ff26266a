using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;
using EdgeAgent.Simulation;

namespace EdgeAgent.Tests.Simulation;

public sealed class SimulatedPlantTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_file_with_errors_reports_them_all()
    {
        string file = Write("""
            { "endpoints": [ { "name": "a", "listen": "nowhere", "units": [
                { "unitId": 1, "machine": "teapot" },
                { "unitId": 1, "machine": "counters", "registers": 0 } ] } ] }
            """);

        Assert.Null(SimulationFile.Load(file, out ConfigErrors errors));

        Assert.Equal(
            ["$.endpoints[0].listen", "$.endpoints[0].units[0].machine", "$.endpoints[0].units[1].unitId", "$.endpoints[0].units[1].registers"],
            errors.Select(error => error.Path));
    }

    [Theory]
    [InlineData("""{ "endpoints": [], "colour": "red" }""")]
    [InlineData("""{ "endpoints": [ { "name": "a" } ] }""")]
    [InlineData("{")]
    public void What_is_no_simulation_is_refused(string content)
    {
        Assert.Null(SimulationFile.Load(Write(content), out ConfigErrors errors));
        Assert.True(errors.Any);
    }

    [Fact]
    public async Task Machines_say_that_they_are_simulated_and_answer_by_the_map()
    {
        await using SimulatedPlant plant = await SimulatedPlant.StartAsync(OneEndpoint("cnc"), TimeProvider.System);
        await using ModbusClient client = await ConnectAsync(plant);

        ModbusDeviceIdentity? identity = await client.ReadIdentityAsync(1, CancellationToken.None);
        byte[] registers = new byte[MachineRegisters.Count * 2];
        ModbusResult good = await client.ReadAsync(new ModbusReadRequest(1, ModbusFunction.ReadInputRegisters, 0, MachineRegisters.Count), registers, CancellationToken.None);
        ModbusResult beyond = await client.ReadAsync(new ModbusReadRequest(1, ModbusFunction.ReadHoldingRegisters, MachineRegisters.Count, 1), registers, CancellationToken.None);

        Assert.Equal("EdgeAgent Simulator", identity!.VendorName);
        Assert.Equal(ModbusStatus.Ok, good.Status);
        Assert.Equal((byte)ModbusExceptionCode.IllegalDataAddress, beyond.ExceptionCode);
    }

    private static SimulationConfig OneEndpoint(string machine) => new()
    {
        Endpoints = [new SimulatedEndpointConfig { Name = "a", Listen = "127.0.0.1:0", Units = [new SimulatedUnitConfig { UnitId = 1, Machine = machine }] }],
    };

    private string Write(string content)
    {
        string file = Path.Combine(_directory, "plant.json");
        File.WriteAllText(file, content);
        return file;
    }

    private static async Task<ModbusClient> ConnectAsync(SimulatedPlant plant)
    {
        ModbusClient client = new(new ModbusClientOptions { Transport = ModbusTransport.Tcp("127.0.0.1", plant.Endpoints["a"].Port) }, TimeProvider.System);
        await client.ConnectAsync(CancellationToken.None);
        return client;
    }
}
