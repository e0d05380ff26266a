using System.Runtime.InteropServices;

namespace EdgeAgent.Hosting;

/// <summary>Gives back what starting took: collecting allocates next to nothing, so nothing else would make that memory return for hours.</summary>
internal sealed partial class StartupMemory(RoleService roles, TimeProvider time) : BackgroundService
{
    /// <summary>By then what runs all the time is compiled, and its buffers have grown to what they need.</summary>
    private static readonly TimeSpan Running = TimeSpan.FromSeconds(10);

    /// <summary>The compiler goes on, with the hot parts a second time, and ever less: each wait is as long as all before it.</summary>
    private const int Waits = 4;

    /// <summary>A hub's heap may be larger: going through it again would hold it up for longer than the little to be gained is worth.</summary>
    private const long HeapBytesMax = 64 << 20;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await roles.Started.WaitAsync(stoppingToken);
        // Reading a configuration of 10,000 tags leaves more garbage than hours of collecting, and buffers that grow leave behind as
        // much again. Each of these two stops the world for some ten milliseconds; later nothing does.
        CollectGarbage();
        GiveBackFreed();
        await Task.Delay(Running, time, stoppingToken);
        if (GC.GetTotalMemory(forceFullCollection: false) < HeapBytesMax)
        {
            CollectGarbage();
        }

        GiveBackFreed();
        for (int wait = 0; wait < Waits; wait++)
        {
            await Task.Delay(Running * (1 << wait), time, stoppingToken);
            GiveBackFreed();
        }
    }

    private static void CollectGarbage() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

    /// <summary>What the just-in-time compiler has freed, 5 to 10 MB, stays with the C library until somebody asks for it. Stops nobody.</summary>
    private static void GiveBackFreed()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = MallocTrim(0);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no such call: it gives back by itself.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}
