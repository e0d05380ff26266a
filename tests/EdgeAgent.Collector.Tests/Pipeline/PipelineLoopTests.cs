using EdgeAgent.Collector.Buffer;
using EdgeAgent.Collector.Pipeline;
using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Collector.Tests.Pipeline;

public sealed class PipelineLoopTests
{
    [Fact]
    public async Task Every_batch_balances_with_what_it_holds()
    {
        using var pipeline = new PipelineFixture(3, 40, TagRule.Passing, readingsPerBatchMax: 50);
        await pipeline.StartAsync();
        for (int scan = 0; scan < 20; scan++)
        {
            pipeline.Post(scan % 3, tag => Reading.Int64(0, tag % 7 == 0 ? Quality.BadTimeout : Quality.Good, scan, tag));
        }

        await pipeline.StopAsync();
        Assert.True(pipeline.Log.Batches.Count >= 16);
        AssertBatchesBalance(pipeline);
        Assert.Equal(20 * 40, pipeline.Total().Due);
        Assert.Equal(20 * 40, pipeline.Log.Batches.Sum(batch => batch.Readings.Count));
        Assert.Equal(pipeline.Tables.Definition.ConfigHash.ToArray(), pipeline.Log.Batches[0].Definition!.ConfigHash.ToArray());
        Assert.All(pipeline.Log.Batches.Skip(1), batch => Assert.Null(batch.Definition));
    }

    [Fact]
    public async Task What_the_buffer_cannot_take_is_counted_as_dropped_in_the_next_batch_that_it_takes()
    {
        using var pipeline = new PipelineFixture(1, 10, TagRule.Passing, readingsPerBatchMax: 10);
        int appends = 0;
        pipeline.Log.NextStatus = () => ++appends is > 2 and <= 5 ? AppendStatus.Full : AppendStatus.Appended;
        await pipeline.StartAsync();
        for (int scan = 0; scan < 10; scan++)
        {
            pipeline.Post(0, tag => Reading.Int64(0, Quality.Good, scan, tag));
        }

        await pipeline.StopAsync();
        AssertBatchesBalance(pipeline);
        ScanAccount total = pipeline.Total();
        Assert.Equal(100, total.Due);
        Assert.Equal(30, total.Dropped);
        Assert.Equal(70, total.Buffered);
        Assert.Equal(30, pipeline.Loop.Writer.DroppedBufferFull);
        DeviceTotals device = pipeline.Loop.TotalsOf("d0")!;
        Assert.Equal((100, 70, 30), (device.Due, device.Buffered, device.Dropped));
    }

    [Fact]
    public async Task What_a_removed_device_had_counted_while_the_buffer_was_full_is_told_under_its_old_definition()
    {
        using var pipeline = new PipelineFixture(2, 10, TagRule.Passing);
        await pipeline.StartAsync();
        pipeline.Log.NextStatus = () => AppendStatus.Full;
        pipeline.Post(0, tag => Reading.Int64(0, Quality.Good, 1, tag));
        pipeline.Post(1, tag => Reading.Int64(0, Quality.Good, 1, tag));
        PlantTables reduced = PipelineFixture.TablesOf(["d1"], 10, TagRule.Passing, new EndpointSlot("other"));
        await pipeline.Loop.UseAsync(reduced).WaitAsync(TimeSpan.FromSeconds(30));
        pipeline.Log.NextStatus = () => AppendStatus.Appended;
        await pipeline.StopAsync();

        Assert.Equal((20, 20), (pipeline.Total().Due, pipeline.Total().Dropped));
        DecodedBatch gone = Assert.Single(pipeline.Log.Batches, batch => batch.Accounts.Count > 0 && batch.ConfigHash.Span.SequenceEqual(pipeline.Tables.Definition.ConfigHash.Span));
        Assert.Equal("d0", gone.Definition!.Devices[Assert.Single(gone.Accounts).DeviceId].Name);
        DecodedBatch kept = Assert.Single(pipeline.Log.Batches, batch => batch.ConfigHash.Span.SequenceEqual(reduced.Definition.ConfigHash.Span));
        Assert.NotNull(kept.Definition);
        Assert.Equal(10, Assert.Single(kept.Accounts).Due);
        Assert.Equal("d0", Assert.Single(pipeline.Log.Records[pipeline.Log.Batches.IndexOf(gone)].Accounts.ToArray()).Device);
    }

    [Fact]
    public async Task After_a_damaged_buffer_the_new_chain_begins_with_the_definition()
    {
        using var pipeline = new PipelineFixture(1, 10, TagRule.Passing, readingsPerBatchMax: 10);
        int appends = 0;
        pipeline.Log.NextStatus = () => ++appends == 4 ? AppendStatus.NewIncarnation : AppendStatus.Appended;
        await pipeline.StartAsync();
        for (int scan = 0; scan < 10; scan++)
        {
            pipeline.Post(0, tag => Reading.Int64(0, Quality.Good, scan, tag));
        }

        await pipeline.StopAsync();
        AssertBatchesBalance(pipeline);
        Assert.Equal(100, pipeline.Total().Buffered);
        DecodedBatch first = pipeline.Log.Batches.Last(batch => batch.Sequence == 1);
        Assert.NotNull(first.Definition);
        Assert.NotEqual(pipeline.Log.Batches[0].Incarnation, first.Incarnation);
        Assert.All(pipeline.Log.Records.Where((_, i) => pipeline.Log.Batches[i].Definition is not null), record => Assert.True(record.CarriesDefinition));
    }

    [Fact]
    public async Task A_new_chain_begins_with_the_definition_whoever_met_the_damage()
    {
        using var pipeline = new PipelineFixture(1, 10, TagRule.Passing);
        await pipeline.StartAsync();
        await pipeline.StopAsync();
        pipeline.Post(0, tag => Reading.Int64(0, Quality.Good, 1, tag));
        pipeline.Loop.TakeWaiting();
        pipeline.Log.BeginAnew();
        pipeline.Loop.Writer.Flush();
        pipeline.Post(0, tag => Reading.Int64(0, Quality.Good, 2, tag));
        pipeline.Loop.TakeWaiting();
        pipeline.Loop.Writer.Flush();

        DecodedBatch[] chain = [.. pipeline.Log.Batches.Where(batch => batch.Incarnation == pipeline.Log.Incarnation)];
        Assert.Equal([1, 2], chain.Select(batch => batch.Sequence));
        Assert.NotNull(chain[0].Definition);
        Assert.Null(chain[1].Definition);
    }

    /// <summary>A value that changed while the disk was full and stands since would be held back as unchanged, and no store would have it.</summary>
    [Fact]
    public async Task What_was_lost_is_not_what_the_next_reading_is_held_against()
    {
        using var pipeline = new PipelineFixture(1, 2, TagRule.Passing with { Filter = TagFilterKind.Absolute });
        await pipeline.StartAsync();
        await pipeline.StopAsync();
        Scan(1, 5, 7);
        pipeline.Log.NextStatus = () => AppendStatus.Full;
        Scan(2, 6, 7);
        pipeline.Log.NextStatus = () => AppendStatus.Appended;
        Scan(3, 6, 7);
        Scan(4, 6, 7);

        AssertBatchesBalance(pipeline);
        Assert.Equal([(0, 1), (1, 1), (0, 3)], pipeline.Log.Batches.SelectMany(batch =>
            batch.Readings.Readings.ToArray().Select(reading => (reading.TagId, reading.SourceTicks))));
        Assert.Equal((8, 3, 1, 4), (pipeline.Total().Due, pipeline.Total().Buffered, pipeline.Total().Dropped, pipeline.Total().Filtered));

        void Scan(long ticks, long first, long second)
        {
            pipeline.Post(0, tag => Reading.Int64(0, Quality.Good, ticks, tag == 0 ? first : second));
            pipeline.Loop.TakeWaiting();
            pipeline.Loop.Writer.Flush();
        }
    }

    [Fact]
    public async Task What_the_buffer_gave_up_is_not_what_the_next_reading_is_held_against()
    {
        using var pipeline = new PipelineFixture(1, 1, TagRule.Passing with { Filter = TagFilterKind.Absolute });
        await pipeline.StartAsync();
        await pipeline.StopAsync();
        Scan(1);
        pipeline.Log.Discarded = new DiscardedSnapshot([new DiscardedRange(1, 1, DiscardReasons.SizeCap, 1, 1, 1, [])], [1]);
        Scan(2);
        Scan(3);
        Scan(4);

        Assert.Equal([1L, 3], pipeline.Log.Batches.SelectMany(batch => batch.Readings.Readings.ToArray().Select(reading => reading.SourceTicks)));

        void Scan(long ticks)
        {
            pipeline.Post(0, _ => Reading.Int64(0, Quality.Good, ticks, 5));
            pipeline.Loop.TakeWaiting();
            pipeline.Loop.Writer.Flush();
        }
    }

    /// <summary>Until an endpoint that starts has booked what was due while the agent was down, a crash must find that still to be booked.</summary>
    [Fact]
    public async Task The_frontier_waits_for_what_was_due_while_the_agent_was_down()
    {
        using var pipeline = new PipelineFixture(2, 1, TagRule.Passing);
        long since = UnixTicks.Now(pipeline.Time) - UnixTicks.PerHour;
        PlantTables tables = pipeline.Tables with { Placements = [pipeline.Tables.Placements[0] with { SinceTicks = since }] };
        await pipeline.StartAsync(tables);
        await pipeline.StopAsync();
        Assert.Equal(since, pipeline.Log.Records[^1].AccountedUntilTicks);

        long now = pipeline.Time.GetTimestamp();
        pipeline.Loop.Queue.TryPost(new ScanResult(pipeline.Slot, 0, pipeline.Account(0), now, null));
        pipeline.Post(1, _ => Reading.Int64(0, Quality.Good, 1, 1));
        pipeline.Loop.TakeWaiting();
        pipeline.Loop.Writer.Flush();
        Assert.Equal(UnixTicks.Now(pipeline.Time), pipeline.Log.Records[^1].AccountedUntilTicks);
    }

    [Fact]
    public async Task A_full_queue_refuses_and_takes_again()
    {
        using var pipeline = new PipelineFixture(1, 1000, TagRule.Passing);
        await pipeline.StartAsync();
        await pipeline.StopAsync();
        int posted = 0;
        while (pipeline.Post(0, tag => Reading.Int64(0, Quality.Good, 1, tag)))
        {
            posted++;
            Assert.InRange(posted, 0, 1000);
        }

        pipeline.Loop.TakeWaiting();
        Assert.True(pipeline.Post(0, tag => Reading.Int64(0, Quality.Good, 1, tag)));
        pipeline.Loop.TakeWaiting();
        pipeline.Loop.Writer.Flush();
        Assert.Equal((posted + 1) * 1000L, pipeline.Total().Buffered);
    }

    [Fact]
    public async Task A_change_of_the_plant_comes_between_two_batches_and_keeps_what_endpoints_that_stay_remember()
    {
        var rule = TagRule.Passing with { Filter = TagFilterKind.Absolute };
        using var pipeline = new PipelineFixture(1, 1, rule);
        await pipeline.StartAsync();
        pipeline.Post(0, _ => Reading.Int64(0, Quality.Good, 1, 5));
        var added = new EndpointSlot("added");
        PlantTables first = PipelineFixture.TablesOf(["new", "d0"], 1, rule, added);
        PlantTables next = first with
        {
            Placements = [new EndpointPlacement(added, 0, 0, 0, 1, 1), new EndpointPlacement(pipeline.Slot, 1, 1, 1, 1, 1)],
        };
        Task used = pipeline.Loop.UseAsync(next);
        await used.WaitAsync(TimeSpan.FromSeconds(30));
        pipeline.Post(0, _ => Reading.Int64(0, Quality.Good, 2, 5)); // unchanged: held back only if the pipeline remembers
        pipeline.Post(0, _ => Reading.Int64(0, Quality.Good, 3, 6));
        await pipeline.StopAsync();
        AssertBatchesBalance(pipeline);
        Assert.Equal(2, pipeline.Log.Batches.Count);
        DecodedBatch last = pipeline.Log.Batches[^1];
        Assert.Equal(1, last.Readings.Readings[0].TagId);
        Assert.Equal(1, last.Accounts.Single().DeviceId);
        Assert.Equal(1, last.Accounts.Single().Filtered);
        Assert.Equal(3, pipeline.Loop.TotalsOf("d0")!.Due);
    }

    [Fact]
    public async Task The_frontier_is_the_earliest_instant_not_yet_counted()
    {
        using var pipeline = new PipelineFixture(2, 1, TagRule.Passing);
        await pipeline.StartAsync();
        long start = UnixTicks.Now(pipeline.Time);
        pipeline.Time.Advance(TimeSpan.FromMilliseconds(100));
        long now = pipeline.Time.GetTimestamp();
        pipeline.Loop.Queue.TryPost(new ScanResult(pipeline.Slot, 0, pipeline.Account(0), now + 5_000_000, null));
        pipeline.Loop.Queue.TryPost(new ScanResult(pipeline.Slot, 1, pipeline.Account(1), now - 300_000, null));
        pipeline.Post(0, _ => Reading.Int64(0, Quality.Good, 1, 1));
        await pipeline.StopAsync();
        Assert.Equal(start + 700_000, pipeline.Log.Records[^1].AccountedUntilTicks);
    }

    [Fact]
    public async Task Readings_in_the_steady_state_allocate_nothing()
    {
        var rule = TagRule.Passing with { IsScaled = true, Scale = 0.1, Minimum = 0, Maximum = 1e9, Filter = TagFilterKind.Absolute, Deadband = 0.5 };
        using var pipeline = new PipelineFixture(10, 1000, rule);
        pipeline.Log.KeepsContent = false;
        await pipeline.StartAsync();
        await pipeline.StopAsync();

        // The loop is stopped: now its single consumer is this thread.
        var random = new Random(1);
        void Stride()
        {
            for (int device = 0; device < 10; device++)
            {
                ReadingBatch batch = pipeline.Pool.Take();
                for (int tag = 0; tag < 1000; tag++)
                {
                    batch.Add(Reading.Int64((device * 1000) + tag, Quality.Good, 1, random.Next(100)));
                }

                pipeline.Loop.Queue.TryPost(new ScanResult(pipeline.Slot, device, pipeline.Account(device), 0, batch));
            }

            pipeline.Loop.TakeWaiting();
        }

        for (int i = 0; i < 50; i++)
        {
            Stride();
            pipeline.Loop.Writer.Flush();
        }

        // The runtime itself allocates a little now and then while it still compiles; a reading that allocates does so in every stride.
        long least = long.MaxValue;
        for (int i = 0; i < 50; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Stride();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            pipeline.Loop.Writer.Flush();
        }

        Assert.Equal(0, least);
    }

    internal static void AssertBatchesBalance(PipelineFixture pipeline)
    {
        for (int i = 0; i < pipeline.Log.Batches.Count; i++)
        {
            DecodedBatch batch = pipeline.Log.Batches[i];
            Assert.All(batch.Accounts, account => Assert.True(account.Balances, account.ToString()));
            Assert.Equal(batch.Readings.Count, batch.Accounts.Sum(account => account.Buffered));
            Assert.Equal(batch.Readings.Count, pipeline.Log.Records[i].Accounts.ToArray().Sum(account => account.Readings));
        }
    }
}
