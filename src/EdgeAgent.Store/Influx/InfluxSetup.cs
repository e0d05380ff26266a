using System.Globalization;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Store.Influx;

/// <summary>Creates what the store needs in InfluxDB: a database with two retention policies.</summary>
internal sealed class InfluxSetup(InfluxHttp http, InfluxOptions options)
{
    /// <summary>A month is counted as 31 days, so that months kept are never fewer than asked for.</summary>
    private const int DaysPerMonth = 31;

    /// <exception cref="StoreUnavailableException">The server cannot be reached, or these credentials may not do it.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (options.Api == InfluxApi.V2 || options.ReadOnly)
        {
            // Buckets belong to an organization's administrator; a missing one shows here, with its name.
            await http.QueryAsync("SHOW MEASUREMENTS LIMIT 1", InfluxSpace.Raw, _ => { }, cancellation);
            await http.QueryAsync("SHOW MEASUREMENTS LIMIT 1", InfluxSpace.Ledger, _ => { }, cancellation);
            return;
        }

        string database = InfluxQl.Name(options.Database);
        await CommandAsync($"CREATE DATABASE {database}", cancellation);
        string duration = options.RetentionMonths <= 0
            ? "INF"
            : string.Create(CultureInfo.InvariantCulture, $"{options.RetentionMonths * DaysPerMonth}d");
        await PolicyAsync(database, InfluxSpace.Raw.RetentionPolicy, $"DURATION {duration} REPLICATION 1 SHARD DURATION 7d DEFAULT", cancellation);
        await PolicyAsync(database, InfluxSpace.Ledger.RetentionPolicy, "DURATION INF REPLICATION 1 SHARD DURATION 52w", cancellation);
    }

    private async Task PolicyAsync(string database, string name, string terms, CancellationToken cancellation)
    {
        bool exists = false;
        await http.QueryAsync($"SHOW RETENTION POLICIES ON {database}", InfluxSpace.Raw, row => exists |= row.Text("name") == name, cancellation);
        await CommandAsync($"{(exists ? "ALTER" : "CREATE")} RETENTION POLICY {InfluxQl.Name(name)} ON {database} {terms}", cancellation);
    }

    private Task CommandAsync(string command, CancellationToken cancellation) => http.QueryAsync(command, InfluxSpace.Raw, _ => { }, cancellation);
}
