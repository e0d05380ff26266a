using System.Globalization;
using EdgeAgent.Protocols.Cjt188;
using EdgeAgent.Protocols.Dlt645;
using EdgeAgent.Protocols.Modbus;
using EdgeAgent.Protocols.Modbus.Client;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Commands.Scan;

/// <summary>Looks for devices on one serial line: settings in the order of how usual they are, the likely addresses first.</summary>
internal sealed class LineScan(string port, IReadOnlyList<SerialSettings> settings, int unitMost, int? unitTimeoutMs, TimeProvider time, Action<string> report)
{
    /// <summary>Devices are seldom numbered higher, so these are tried at every setting before any other.</summary>
    private const int LikelyUnits = 16;

    /// <summary>Longer than devices take; frames' own time comes on top.</summary>
    private const int UsualUnitTimeoutMs = 120;

    /// <summary>The standard allows meters 500 ms.</summary>
    private const int MeterTimeoutMs = 600;

    /// <summary>CJ/T 188 has 1200, 2400, 4800 and 9600 baud.</summary>
    private const int WaterMeterBaudMost = 9600;

    /// <summary>A wildcard, as for addresses.</summary>
    private const byte AnyMeterType = 0xAA;

    private readonly List<FoundDevice> _found = [];
    private readonly HashSet<SerialSettings> _garbled = [];

    /// <summary>Settings at which bytes came that make no frame: a wrong setting, or several meters that answered at once.</summary>
    public IReadOnlyCollection<SerialSettings> Garbled => _garbled;

    public async Task<IReadOnlyList<FoundDevice>> RunAsync(CancellationToken cancellation)
    {
        foreach (SerialSettings tried in settings)
        {
            await FindMeterAsync(tried, cancellation);
            await FindWaterMeterAsync(tried, cancellation);
            await FindUnitsAsync(tried, ModbusFraming.Rtu, 1, Math.Min(LikelyUnits, unitMost), cancellation);
            if (_found.Count > 0)
            {
                // A line has one setting: whoever else is on it answers at this one.
                await FindUnitsAsync(tried, ModbusFraming.Rtu, LikelyUnits + 1, unitMost, cancellation);
                return _found;
            }
        }

        // Few devices speak ASCII, so it comes when nobody understood anything else; with seven bits first, as the standard has it.
        foreach (SerialSettings tried in settings.Where(tried => tried.Parity != SerialParity.None).Select(tried => tried with { DataBits = 7 }).Concat(settings))
        {
            await FindUnitsAsync(tried, ModbusFraming.Ascii, 1, Math.Min(LikelyUnits, unitMost), cancellation);
            if (_found.Count > 0)
            {
                await FindUnitsAsync(tried, ModbusFraming.Ascii, LikelyUnits + 1, unitMost, cancellation);
                return _found;
            }
        }

        foreach (SerialSettings tried in settings)
        {
            await FindUnitsAsync(tried, ModbusFraming.Rtu, LikelyUnits + 1, unitMost, cancellation);
            if (_found.Count > 0)
            {
                return _found;
            }
        }

        return _found;
    }

    /// <summary>Asks whoever is alone on the line, at the settings that meters of CJ/T 188 have, in both orders that makers send identifiers in.</summary>
    private async Task FindWaterMeterAsync(SerialSettings tried, CancellationToken cancellation)
    {
        if (tried.Parity != SerialParity.Even || tried.BaudRate > WaterMeterBaudMost)
        {
            return;
        }

        report($"{port} {tried}: CJ/T 188 meters");
        SerialPlace place = new(port, tried);
        using Cjt188Client client = new(new Cjt188ClientOptions { Place = place }, time);
        await OpenAsync(async () => await client.ConnectAsync(cancellation));
        foreach (bool highestFirst in new[] { false, true })
        {
            Cjt188Meter anybody = new(AnyMeterType, Cjt188Address.Any, IdentifierHighestFirst: highestFirst);
            if (await client.ReadAnswererAsync(anybody, MeterTimeoutMs, cancellation) is var (type, address))
            {
                _found.Add(new FoundDevice("cjt188", place.ToString(), $"meter {address} of type {type:X2}, CJ/T 188")
                {
                    Line = place, MeterAddress = address.ToString(), MeterType = type, IdentifierHighestFirst = highestFirst,
                });
                return;
            }
        }
    }

    private async Task FindMeterAsync(SerialSettings tried, CancellationToken cancellation)
    {
        report($"{port} {tried}: DL/T 645 meters");
        SerialPlace place = new(port, tried);
        using Dlt645Client client = new(new Dlt645ClientOptions { Place = place }, time);
        await OpenAsync(async () => await client.ConnectAsync(cancellation));
        foreach (Dlt645Version version in new[] { Dlt645Version.V2007, Dlt645Version.V1997 })
        {
            (ExchangeStatus status, MeterAddress address) = await client.ReadAddressAsync(version, MeterTimeoutMs, cancellation);
            if (status == ExchangeStatus.Ok)
            {
                string edition = version == Dlt645Version.V2007 ? "2007" : "1997";
                _found.Add(new FoundDevice("dlt645", place.ToString(), $"energy meter {address}, DL/T 645-{edition}") { Line = place, MeterAddress = address.ToString(), Edition = int.Parse(edition, CultureInfo.InvariantCulture) });
                return;
            }

            if (status == ExchangeStatus.BadFrame)
            {
                _garbled.Add(tried);
            }
        }
    }

    private async Task FindUnitsAsync(SerialSettings tried, ModbusFraming framing, int first, int last, CancellationToken cancellation)
    {
        if (first > last)
        {
            return;
        }

        SerialPlace place = new(port, tried);
        ModbusClientOptions options = new() { Transport = ModbusTransport.Serial(place, framing), ResponseTimeoutMs = unitTimeoutMs ?? UsualUnitTimeoutMs };
        await using ModbusClient client = new(options, time);
        await OpenAsync(async () => await client.ConnectAsync(cancellation));
        byte[] data = new byte[2];
        for (int unit = first; unit <= last; unit++)
        {
            report($"{port} {tried}: Modbus{(framing == ModbusFraming.Ascii ? " ASCII" : "")} unit {unit} of {last}, {_found.Count} found");
            ModbusResult result = await client.ReadAsync(new ModbusReadRequest((byte)unit, ModbusFunction.ReadHoldingRegisters, 0, 1), data, cancellation);
            if (result.Status is ModbusStatus.Ok or ModbusStatus.Exception)
            {
                ModbusDeviceIdentity? identity = await client.ReadIdentityAsync((byte)unit, cancellation);
                _found.Add(new FoundDevice(framing == ModbusFraming.Ascii ? "modbus-ascii" : "modbus-rtu", place.ToString(), $"Modbus unit {unit}{ModbusIdentityText.Of(identity)}") { Line = place, UnitId = unit });
            }
        }

        if (client.Statistics.DiscardedBytes > 0 && _found.Count == 0)
        {
            _garbled.Add(tried);
        }
    }

    private static async Task OpenAsync(Func<Task> open)
    {
        try
        {
            await open();
        }
        catch (Exception exception) when (exception is LineOpenException or ModbusConnectException)
        {
            throw CommandFailure.Failed(exception.Message, exception);
        }
    }
}
