using System.Diagnostics;
using Lading.Diagnosis.Leftovers;
using Lading.Processes;
using Lading.Projects;
using Lading.Testing;

namespace Lading.Tests.Diagnosis;

/// <summary>What killed runs left behind is removed; what a running process may still use is not.</summary>
public sealed class CleaningUp : IAsyncLifetime
{
    private readonly List<string> made = [];
    private ExaminedFolder folder = null!;

    public async ValueTask InitializeAsync() => folder = (await ExaminedFolder.CreateAsync()).Project();

    public ValueTask DisposeAsync()
    {
        made.Where(Directory.Exists).ToList().ForEach(path => Directory.Delete(path, recursive: true));
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_leftover_is_listed_and_removed()
    {
        var ended = await EndedAsync();
        var left = Make(Path.Combine(Path.GetTempPath(), $"lading-image-{ended}-abc123"));
        var work = Make(Path.Combine(folder.Repository.Folder, ".lading", "work", $"{ended}-00000001"));
        var half = folder.Repository.Folder + "/.lading/prod.lock.json.0123.tmp";
        await File.WriteAllTextAsync(half, "{", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(half, DateTime.UnixEpoch.AddYears(50));

        var run = (await folder.DoctorAsync("leftovers")).Succeeded();
        Assert.Contains("! killed runs left ", run.Out, StringComparison.Ordinal);
        Assert.Contains(": lading doctor --clean", run.Out, StringComparison.Ordinal);
        Assert.True(Directory.Exists(left) && Directory.Exists(work) && File.Exists(half));

        run = (await folder.DoctorAsync("leftovers", "--clean")).Succeeded();
        Assert.Contains($"  removed {left} (", run.Out, StringComparison.Ordinal);
        Assert.Contains($"  removed {work} (", run.Out, StringComparison.Ordinal);
        Assert.Contains($"  removed {half} (", run.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(left) || Directory.Exists(work) || File.Exists(half));
    }

    [Fact]
    public async Task Files_of_a_running_process_stay()
    {
        var living = Make(Path.Combine(Path.GetTempPath(), $"lading-image-{ProcessMark.Own}-abc123"));
        var elsewhere = Make(Path.Combine(Path.GetTempPath(), "lading-image-p1s00000000-abc123"));
        var nobodys = Make(Path.Combine(Path.GetTempPath(), "lading-abc123"));
        var work = Make(Path.Combine(folder.Repository.Folder, ".lading", "work", $"{ProcessMark.Own}-00000001"));
        var young = folder.Repository.Folder + "/.lading/prod.lock.json.0123.tmp";
        await File.WriteAllTextAsync(young, "{", TestContext.Current.CancellationToken);

        (await folder.DoctorAsync("leftovers", "--clean")).Succeeded();

        Assert.All([living, elsewhere, nobodys, work], path => Assert.True(Directory.Exists(path), path));
        Assert.True(File.Exists(young));
    }

    [Fact]
    public async Task Open_files_stay()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what is open.");
        var left = Make(Path.Combine(Path.GetTempPath(), $"lading-image-{await EndedAsync()}-abc123"));
        using var file = File.Create(Path.Combine(left, "open"));

        (await folder.DoctorAsync("leftovers", "--clean")).Succeeded();

        Assert.True(Directory.Exists(left));
    }

    [Theory]
    [InlineData(false, false, 1, false)]
    [InlineData(true, false, 1, true)]
    [InlineData(true, true, 1, false)]
    [InlineData(false, false, 3, true)]
    [InlineData(false, true, 3, false)]
    public void Decides_from_facts_what_was_left_behind(bool hasEnded, bool isOpen, int hours, bool isLeft)
    {
        var now = new DateTime(2026, 11, 29, 12, 0, 0, DateTimeKind.Utc);
        var candidate = new Leftover("x", now.AddHours(-hours), now.AddHours(-hours), TimeSpan.FromHours(2));

        Assert.Equal(isLeft, LeftoverRules.IsLeft(candidate, hasEnded, isOpen, now));
        Assert.Equal(
            hasEnded && !isOpen,
            LeftoverRules.IsLeft(candidate with { Patience = null }, hasEnded, isOpen, now)
        );
    }

    [Theory]
    [InlineData("p1s00000000-1", 89, false)]
    [InlineData("p1s00000000-1", 91, true)]
    [InlineData("own", 400, false)]
    public void A_process_that_may_still_run_keeps_its_files(string name, int days, bool isLeft)
    {
        var now = new DateTime(2026, 11, 29, 12, 0, 0, DateTimeKind.Utc);
        var path = name == "own" ? $"{ProcessMark.Own}-1" : name;
        var candidate = new Leftover(path, now.AddDays(-days), now.AddDays(-days), TimeSpan.FromDays(1));

        Assert.Equal(isLeft, LeftoverRules.IsLeft(candidate, hasEnded: false, isOpen: false, now));
        Assert.False(LeftoverRules.IsLeft(candidate, hasEnded: false, isOpen: true, now));
        Assert.False(LeftoverRules.IsLeft(candidate with { Patience = null }, hasEnded: false, isOpen: false, now));
    }

    [Theory]
    [InlineData("own", 30, true)]
    [InlineData("ended", 2, false)]
    [InlineData("ended", 0, true)]
    [InlineData("p1s00000000", 30, true)]
    [InlineData("p1s00000000", 91, false)]
    [InlineData("nobody's", 2, false)]
    public async Task A_later_run_removes_only_the_work_folders_of_killed_runs(string name, int days, bool stays)
    {
        var owner = name switch
        {
            "own" => ProcessMark.Own.ToString(),
            "ended" => (await EndedAsync()).ToString(),
            _ => name,
        };
        var work = Make(Path.Combine(folder.Repository.Folder, ".lading", "work", $"{owner}-00000001"));
        var project = await Project.FindAsync(folder.Repository.Folder, "local", TestContext.Current.CancellationToken);
        var time = new ManualTime();
        time.Advance(TimeSpan.FromDays(days));

        using var own = WorkFolder.Create(project, time, new Random(1));

        Assert.Equal(stays, Directory.Exists(work));
    }

    [Fact]
    public async Task An_ended_process_is_distinguished_from_one_that_reuses_its_id()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;

        Assert.True((await EndedAsync()).HasEnded(now));
        Assert.False(ProcessMark.Own.HasEnded(now));
        Assert.True(ProcessMark.Own.HasEnded(now.AddYears(-1)));
        Assert.False((ProcessMark.Own with { Space = "00000000" }).HasEnded(now.AddYears(-1)));
        Assert.Equal(ProcessMark.Own, ProcessMark.Find($"lading-image-{ProcessMark.Own}-abc"));
        Assert.Null(ProcessMark.Find("lading-abc123"));
    }

    /// <summary>The mark of a process that has ended.</summary>
    internal static async Task<ProcessMark> EndedAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", "exit 0"]))!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return ProcessMark.Own with { Id = process.Id };
    }

    private string Make(string path)
    {
        Directory.CreateDirectory(path);
        made.Add(path);
        return path;
    }
}
