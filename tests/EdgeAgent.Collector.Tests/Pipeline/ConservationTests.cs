using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Model;
using EdgeAgent.Collector.Scheduling;
using EdgeAgent.Collector.Drivers;
using FsCheck;
using FsCheck.Fluent;

namespace EdgeAgent.Collector.Tests.Pipeline;

/// <summary>The conservation law under random faults, against the simplest model: count what went in, compare with what came out.</summary>
public sealed class ConservationTests
{
    private const int Devices = 3;
    private const int Tags = 7;

    private enum Step
    {
        Scan,
        Missed,
        QueueFull,
        BufferFull,
        BufferFine,
        Damage,
        NextHour,
        Pushed,
        PushedWhileFull,
        BackFilled,
        Look,
    }

    [Fact]
    public void Nothing_that_was_due_is_ever_lost_from_the_books()
    {
        Gen<(Step, int)[]> steps =
            (from step in Gen.Frequency(
                (20, Gen.Constant(Step.Scan)), (4, Gen.Constant(Step.Missed)), (2, Gen.Constant(Step.QueueFull)), (1, Gen.Constant(Step.BufferFull)),
                (2, Gen.Constant(Step.BufferFine)), (1, Gen.Constant(Step.Damage)), (1, Gen.Constant(Step.NextHour)),
                (10, Gen.Constant(Step.Pushed)), (2, Gen.Constant(Step.PushedWhileFull)), (3, Gen.Constant(Step.BackFilled)), (6, Gen.Constant(Step.Look)))
             from device in Gen.Choose(0, Devices - 1)
             select (step, device)).ArrayOf();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60).WithEndSize(200), Prop.ForAll(steps.ToArbitrary(), script => RunAsync(script).GetAwaiter().GetResult()));
    }

    private static async Task RunAsync((Step Step, int Device)[] script)
    {
        var rule = TagRule.Passing with { Filter = TagFilterKind.Absolute, Deadband = 2, Maximum = 90 };
        using var pipeline = new PipelineFixture(Devices, Tags, rule, readingsPerBatchMax: 16);
        bool full = false;
        bool damaged = false;
        pipeline.Log.NextStatus = () =>
        {
            if (damaged)
            {
                damaged = false;
                return AppendStatus.NewIncarnation;
            }

            return full ? AppendStatus.Full : AppendStatus.Appended;
        };
        await pipeline.StartAsync();
        await pipeline.StopAsync(); // From here on this thread is the pipeline.

        var gate = new Gate(pipeline.Loop.Queue);
        var booking = new ScanBooking(pipeline.Slot, gate, pipeline.Pool, pipeline.Time);
        var groups = GroupsOf(pipeline);
        PushGroup[] pushGroups = [.. groups.Select(group => new PushGroup(group.Group, ScanGrid.Create(1000, 0), group.Device, group.IntervalStamps, true))];
        int[] deviceOfTag = [.. Enumerable.Range(0, Devices * Tags).Select(tag => tag / Tags)];
        var live = new PushedReadings(new Provenance[Devices], AreBackFilled: false);
        var random = new Random(script.Length);
        long due = 0, beyond = 0;
        foreach ((Step step, int device) in script)
        {
            gate.IsFull = step is Step.QueueFull or Step.PushedWhileFull;
            switch (step)
            {
                case Step.Scan or Step.QueueFull:
                    booking.Readings(groups[device], Provenance.Live, pipeline.Time.GetTimestamp(), Readings(pipeline, device, random));
                    due += Tags;
                    break;
                case Step.Missed:
                    booking.Missed(groups[device], Provenance.Live, pipeline.Time.GetTimestamp(), 3);
                    due += 3 * Tags;
                    break;
                case Step.Pushed or Step.PushedWhileFull or Step.BackFilled:
                    booking.Pushed(live with { AreBackFilled = step == Step.BackFilled }, deviceOfTag, Readings(pipeline, device, random));
                    booking.Filled(pushGroups[device], Provenance.Live, 100, 2);
                    beyond += Tags;
                    break;
                case Step.Look:
                    long index = pushGroups[device].Grid.IndexNear(UnixTicks.Now(pipeline.Time));
                    booking.Stood(pushGroups[device], Provenance.Live, index, 2, new InstantCounts(3, 1, Tags - 4, 1), pipeline.Time.GetTimestamp());
                    due += 2 * Tags;
                    break;
                case Step.BufferFull:
                    full = true;
                    break;
                case Step.BufferFine:
                    full = false;
                    break;
                case Step.Damage:
                    damaged = true;
                    break;
                default:
                    pipeline.Time.Advance(TimeSpan.FromMinutes(61));
                    break;
            }

            pipeline.Loop.TakeWaiting();
        }

        gate.IsFull = full = damaged = false;
        Assert.True(booking.PostCarried());
        pipeline.Loop.TakeWaiting();
        pipeline.Loop.Writer.Flush();

        PipelineLoopTests.AssertBatchesBalance(pipeline);
        ScanAccount total = pipeline.Total();
        Assert.True(total.Balances);
        Assert.Equal(due, total.Due);
        Assert.Equal(beyond, total.Beyond);
        Assert.Equal(beyond / Tags * 2, total.Filled);
        Assert.Equal(total.Beyond, pipeline.Loop.Totals.Sum(device => device.Beyond));
        Assert.Equal(total.Buffered, pipeline.Log.Batches.Sum(batch => batch.Readings.Count));
        Assert.Equal(total.Dropped, booking.Dropped + pipeline.Loop.Writer.DroppedBufferFull);
        Assert.Equal(total.Due, pipeline.Loop.Totals.Sum(device => device.Due));
        Assert.Equal(total.Dropped, pipeline.Loop.Totals.Sum(device => device.Dropped));
        Assert.Equal(total.Buffered, pipeline.Loop.Totals.Sum(device => device.Buffered));
        Assert.Equal(total.Filtered, pipeline.Loop.Totals.Sum(device => device.Filtered));
    }

    private static GroupState[] GroupsOf(PipelineFixture pipeline) =>
    [
        .. Enumerable.Range(0, Devices).Select(device => new GroupState(
            new ScanGroup(device, device, 1000, [.. Enumerable.Range(device * Tags, Tags)]),
            new DeviceState(device, $"d{device}", SchedulingLimits.Default, () => 0.5, pipeline.Time),
            TimeSpan.FromSeconds(1).ToStamps(pipeline.Time), true, _ => { })),
    ];

    private static ReadingBatch Readings(PipelineFixture pipeline, int device, Random random)
    {
        ReadingBatch batch = pipeline.Pool.Take();
        for (int tag = 0; tag < Tags; tag++)
        {
            int id = (device * Tags) + tag;
            batch.Add(random.Next(5) == 0
                ? Reading.Failed(id, Quality.BadTimeout, 1)
                : Reading.Int64(id, Quality.Good, 1, random.Next(100)));
        }

        return batch;
    }

    private sealed class Gate(ScanQueue queue) : IScanSink
    {
        public bool IsFull { get; set; }

        public bool TryPost(in ScanResult result) => !IsFull && queue.TryPost(result);
    }
}
