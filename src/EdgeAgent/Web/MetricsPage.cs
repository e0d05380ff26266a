using EdgeAgent.Store.Forward;

namespace EdgeAgent.Web;

/// <summary>The page for Prometheus and whatever else reads OpenMetrics, written from the same views as the API. Labels are devices, endpoints and publishers: as many as configured.</summary>
internal static class MetricsPage
{
    public static string Write(StatusView status, IReadOnlyList<DeviceView> devices, bool openMetrics = false)
    {
        PrometheusText text = new(openMetrics);
        WriteTo(text, status, devices);
        return text.ToString();
    }

    /// <summary>The same metrics for any writer.</summary>
    public static void WriteTo(IMetricsWriter text, StatusView status, IReadOnlyList<DeviceView> devices)
    {
        text.Gauge("edgeagent_info", "Always 1; the labels say what runs.")
            .Sample(1, ("version", status.Version), ("site", status.Site), ("agent", status.Agent?.Id ?? ""));
        text.Gauge("edgeagent_uptime_seconds", "Time since the process started.").Sample(status.UptimeSeconds);
        text.Gauge("edgeagent_resident_memory_bytes", "Resident memory of the process.").Sample(status.RssBytes);
        WriteDevices(text, devices);
        if (status.Agent is { } agent)
        {
            WriteAgent(text, agent);
        }

        if (status.Hub is { } hub)
        {
            WriteHub(text, hub);
        }
    }

    private static void WriteDevices(IMetricsWriter text, IReadOnlyList<DeviceView> devices)
    {
        PerDevice(text.Gauge("edgeagent_device_online", "1 when the device answers."), devices, d => d.Online ? 1 : 0);
        PerDevice(text.Gauge("edgeagent_device_quarantined", "1 when the device is asked rarely because it does not answer."), devices, d => d.Quarantined ? 1 : 0);
        PerDevice(text.Counter("edgeagent_readings_due_total", "Readings that the scan classes asked for."), devices, d => d.Counts.Due);
        PerDevice(text.Counter("edgeagent_readings_good_total", "Readings of good quality."), devices, d => d.Counts.Good);
        PerDevice(text.Counter("edgeagent_readings_bad_total", "Readings of bad or uncertain quality."), devices, d => d.Counts.Bad);
        PerDevice(text.Counter("edgeagent_readings_missed_total", "Readings never taken."), devices, d => d.Counts.Missed);
        PerDevice(text.Counter("edgeagent_readings_filtered_total", "Readings that a deadband held back."), devices, d => d.Counts.Filtered);
        PerDevice(text.Counter("edgeagent_readings_dropped_total", "Readings that the buffer could not take."), devices, d => d.Counts.Dropped);
        PerDevice(text.Counter("edgeagent_readings_buffered_total", "Readings written to the buffer."), devices, d => d.Counts.Buffered);
        PerDevice(text.Counter("edgeagent_readings_beyond_total", "Readings beyond the due ones, of devices that send by themselves."), devices, d => d.Counts.Beyond);
        PerDevice(text.Counter("edgeagent_readings_filled_total", "Missed readings that the source delivered later."), devices, d => d.Counts.Filled);
        PerDevice(text.Counter("edgeagent_device_lost_readings_total", "Readings known to have been sent and never to have arrived."), devices, d => d.Lost);
        PerDevice(text.Gauge("edgeagent_scan_period_seconds", "Period that the configuration asks for, of the fastest scan class."), devices, d => d.PeriodMs / 1000);
        PerDevice(text.Gauge("edgeagent_scan_achieved_period_seconds", "Period that it comes to."), devices, d => d.AchievedPeriodMs / 1000);
        PerDevice(text.Gauge("edgeagent_scan_jitter_seconds", "How late scans start."), devices, d => d.JitterMs / 1000);
        PerDevice(text.Counter("edgeagent_scan_overruns_total", "Scans that took longer than their period."), devices, d => d.Overruns);
        PerDevice(
            text.Gauge("edgeagent_device_last_good_timestamp_seconds", "When the last good reading was taken."),
            devices,
            d => d.LastGood is { } at ? at.ToUnixTimeMilliseconds() / 1000.0 : null);
    }

    private static void PerDevice(IMetricsWriter metric, IReadOnlyList<DeviceView> devices, Func<DeviceView, double?> value)
    {
        foreach (DeviceView device in devices)
        {
            if (value(device) is { } known)
            {
                metric.Sample(known, ("endpoint", device.Endpoint), ("device", device.Name));
            }
        }
    }

    private static void WriteAgent(IMetricsWriter text, AgentView agent)
    {
        text.Gauge("edgeagent_buffer_pending_readings", "Readings in the buffer that are not acknowledged.").Sample(agent.Buffer.PendingReadings);
        text.Gauge("edgeagent_buffer_pending_batches", "Batches in the buffer that are not acknowledged.").Sample(agent.Buffer.PendingBatches);
        text.Gauge("edgeagent_buffer_size_bytes", "Size of the buffer on disk.").Sample(agent.Buffer.SizeBytes);
        text.Gauge("edgeagent_buffer_oldest_age_seconds", "Age of the oldest batch that is not acknowledged.").Sample(agent.Buffer.OldestAgeSeconds);
        text.Counter("edgeagent_buffer_acknowledged_readings_total", "Readings that every publisher is rid of.").Sample(agent.Buffer.AcknowledgedReadings);
        text.Counter("edgeagent_buffer_discarded_readings_total", "Readings discarded because of a cap or damage.").Sample(agent.Buffer.DiscardedReadings);
        text.Gauge("edgeagent_buffer_writable", "0 while the buffer cannot be written, for instance because the disk is full.").Sample(agent.Buffer.Problem is null ? 1 : 0);
        text.Gauge("edgeagent_devices_not_configured", "Devices that sent something and are not configured.").Sample(agent.Seen.Count);
        PerPublisher(text.Gauge("edgeagent_publisher_connected", "1 while the publisher is connected to its broker."), agent, p => p.Connected ? 1 : 0);
        PerPublisher(text.Gauge("edgeagent_publisher_waiting", "1 while whoever it publishes to does not answer."), agent, p => p.Waiting ? 1 : 0);
        PerPublisher(text.Gauge("edgeagent_publisher_in_flight_batches", "Batches under way."), agent, p => p.InFlight);
        PerPublisher(text.Gauge("edgeagent_publisher_lag_batches", "Batches in the buffer that the publisher has not passed."), agent, p => p.LagBatches);
        PerPublisher(text.Counter("edgeagent_publisher_batches_total", "Batches sent, repeats included."), agent, p => p.Published);
        PerPublisher(
            text.Counter("edgeagent_publisher_discarded_readings_total", "Readings that the buffer gave up before the publisher had passed them."),
            agent, p => p.DiscardedReadings);
        PerPublisher(
            text.Counter("edgeagent_publisher_passed_over_readings_total", "Readings not published because their batch could not be read."),
            agent, p => p.PassedOverReadings);
        WriteLines(text, agent.Lines);
    }

    private static void PerPublisher(IMetricsWriter metric, AgentView agent, Func<PublisherView, double> value)
    {
        foreach (PublisherView publisher in agent.Publishers)
        {
            metric.Sample(value(publisher), ("publisher", publisher.Name));
        }
    }

    private static void WriteLines(IMetricsWriter text, IReadOnlyList<LineView> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        text.Counter("edgeagent_line_busy_seconds_total", "Time in which the serial line carried a request or its answer, or waited for one.");
        foreach (LineView line in lines)
        {
            text.Sample(line.BusySeconds, ("endpoint", line.Endpoint));
        }

        text.Gauge("edgeagent_line_utilisation_ratio", "Busy part of about the last half minute.");
        foreach (LineView line in lines)
        {
            if (line.Utilisation is { } utilisation)
            {
                text.Sample(utilisation, ("endpoint", line.Endpoint));
            }
        }
    }

    private static void WriteHub(IMetricsWriter text, HubView hub)
    {
        text.Gauge("edgeagent_store_available", "1 while the store can be written.").Sample(hub.StoreAvailable ? 1 : 0);
        text.Counter("edgeagent_store_readings_total", "Readings stored, each once, since the store was created.").Sample(hub.StoredReadings);
        text.Counter("edgeagent_store_batches_total", "Batches stored, each once, since the store was created.").Sample(hub.StoredBatches);
        text.Counter("edgeagent_store_duplicate_batches_total", "Batches that came again and were harmless.").Sample(hub.DuplicateBatches);
        text.Counter("edgeagent_store_discarded_readings_total", "Readings that agents declared as discarded.").Sample(hub.DiscardedReadings);
        text.Counter("edgeagent_ingest_refused_batches_total", "Batches refused since this start: forged, damaged or unknown.").Sample(hub.RefusedBatches);
        text.Gauge("edgeagent_ingest_agents_pending", "Agents that wait for approval.").Sample(hub.AgentsPending);
        PerForward(text.Counter("edgeagent_forward_readings_total", "Copies of readings that the target took since this start."), hub, forward => forward.Sent);
        PerForward(text.Counter("edgeagent_forward_dropped_readings_total", "Copies of readings that the target did not get."), hub, forward => forward.Dropped);
        text.Gauge("edgeagent_read_to_store_seconds", "Time from reading to commit over the last minute, by quantile.");
        if (hub.ReadToStoreP50Ms is { } p50 && hub.ReadToStoreP99Ms is { } p99)
        {
            text.Sample(p50 / 1000, ("quantile", "0.5")).Sample(p99 / 1000, ("quantile", "0.99"));
        }
    }

    private static void PerForward(IMetricsWriter metric, HubView hub, Func<ForwardStatistics, double> value)
    {
        foreach (ForwardStatistics forward in hub.Forwards)
        {
            metric.Sample(value(forward), ("forward", forward.Name));
        }
    }
}
