using System.Diagnostics;
using System.Text;
using Lading.Processes;

namespace Lading.Tests.Processes;

public class RunningAProgram
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Arguments_arrive_unchanged()
    {
        var result = await ProgramRunner.RunAsync(
            new ProgramCall("printf", "%s|", "a b", "", "$HOME", "\"'*"),
            ReadOnlyMemory<byte>.Empty,
            Token
        );
        Assert.Equal((0, "a b||$HOME|\"'*|", ""), (result.ExitCode, result.Text, result.Error));
    }

    [Fact]
    public async Task A_missing_folder_is_not_reported_as_a_missing_program()
    {
        var call = new ProgramCall("cat") { WorkingDirectory = "/no/such/folder" };

        var failure = await Assert.ThrowsAsync<LadingException>(() =>
            ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, Token)
        );
        var attached = await Assert.ThrowsAsync<LadingException>(() =>
            AttachedProgram.RunAsync(call, output: null, Token)
        );

        Assert.Equal("Could not run cat", failure.Attempted);
        Assert.Contains("/no/such/folder", failure.CameBack, StringComparison.Ordinal);
        Assert.Equal(failure.Message, attached.Message);
    }

    [Fact]
    public async Task A_missing_program_is_reported_as_such_in_a_folder_too()
    {
        var call = new ProgramCall("no-such-program") { WorkingDirectory = Path.GetTempPath() };

        await Assert.ThrowsAsync<ProgramNotFoundException>(() =>
            ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, Token)
        );
    }

    [Fact]
    public async Task Any_number_of_bytes_passes_through()
    {
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        var result = await ProgramRunner.RunAsync(new ProgramCall("cat"), bytes, Token);
        Assert.True(result.Output.Span.SequenceEqual(bytes));
    }

    [Fact]
    public async Task A_program_that_does_not_read_its_input_does_not_fail()
    {
        var result = await ProgramRunner.RunAsync(Shell("exit 3"), new byte[1_000_000], Token);
        Assert.Equal(3, result.ExitCode);
    }

    [Fact]
    public async Task Lines_of_both_streams_are_reported_as_they_come()
    {
        var lines = new Lines();
        var exitCode = await ProgramRunner.RunAsync(
            Shell("echo one; echo two >&2; printf 'a\\rb'; exit 4"),
            lines,
            Token
        );
        Assert.Equal(4, exitCode);
        Assert.Equal(["a", "b", "one", "two"], lines.All.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Variables_are_set_and_removed()
    {
        var call = Shell("echo ${LADING_TEST-none} ${HOME-none}") with
        {
            Environment = new Dictionary<string, string?> { ["LADING_TEST"] = "set", ["HOME"] = null },
        };
        Assert.Equal("set none", (await ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, Token)).Text);
    }

    [Fact]
    public async Task A_missing_program_has_its_own_error()
    {
        var call = new ProgramCall("lading-no-such-program");
        var e = await Assert.ThrowsAsync<ProgramNotFoundException>(() =>
            ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, Token)
        );
        Assert.Equal("lading-no-such-program", e.Program);
    }

    [Fact]
    public async Task Does_not_wait_for_what_a_program_leaves_running()
    {
        var watch = Stopwatch.StartNew();
        var lines = new Lines();
        Assert.Equal(0, await ProgramRunner.RunAsync(Shell("sleep 20 & echo $!"), lines, Token));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
        using var left = Process.GetProcessById(int.Parse(Assert.Single(lines.All)));
        left.Kill();
    }

    [Fact]
    public async Task Cancelling_ends_what_the_program_started_as_well()
    {
        // The signal kills the shell at once; its child would continue without it.
        using var source = new CancellationTokenSource();
        var lines = new Lines { Seen = _ => source.Cancel() };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            ProgramRunner.RunAsync(Shell("sleep 60 & echo $!; wait"), lines, source.Token)
        );
        AssertGone(int.Parse(lines.All[0]));
    }

    [Fact]
    public async Task Cancelling_asks_the_program_to_end_first()
    {
        using var source = new CancellationTokenSource();
        var lines = new Lines();
        lines.Seen = line =>
        {
            if (line == "ready")
            {
                source.Cancel();
            }
        };
        var folder = Directory.CreateTempSubdirectory("lading-").FullName;
        var call = Shell("trap 'echo bye > said; exit 0' TERM; echo ready; while :; do sleep 0.05; done") with
        {
            WorkingDirectory = folder,
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            ProgramRunner.RunAsync(call, lines, source.Token)
        );
        Assert.Equal("bye\n", await File.ReadAllTextAsync(Path.Combine(folder, "said"), Token));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Cancelling_ends_a_program_that_does_not_respond()
    {
        using var source = new CancellationTokenSource();
        var lines = new Lines { Seen = _ => source.Cancel() };
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            ProgramRunner.RunAsync(Shell("trap '' TERM; echo $$; sleep 60"), lines, source.Token)
        );
        AssertGone(int.Parse(lines.All[0]));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"took {watch.Elapsed}");
    }

    [Fact]
    public async Task A_program_that_waits_for_input_is_ended_by_disposing_of_it()
    {
        var program = RunningProgram.Start(new ProgramCall("cat"));
        await program.Input.WriteAsync(Encoding.UTF8.GetBytes("x"), Token);
        await program.Input.FlushAsync(Token);
        Assert.Equal('x', program.Output.ReadByte());
        await program.DisposeAsync();
    }

    [Fact]
    public async Task Ends_a_program_past_its_limit_with_all_it_started()
    {
        var folder = Directory.CreateTempSubdirectory("lading-").FullName;
        var call = Shell("sleep 60 & echo $! > child; wait") with
        {
            WorkingDirectory = folder,
            TimeLimit = TimeSpan.FromSeconds(4),
        };

        var e = await Assert.ThrowsAsync<ProgramTimeoutException>(() =>
            ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, Token)
        );
        await Assert.ThrowsAsync<ProgramTimeoutException>(() => ProgramRunner.RunAsync(call, new Lines(), Token));

        Assert.Equal("'/bin/sh' gave no answer within 4 seconds", e.Message);
        AssertGone(int.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "child"), Token)));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_limit_ends_the_wait_for_what_a_program_left_running_too()
    {
        var watch = Stopwatch.StartNew();
        var call = Shell("sleep 30 &") with { TimeLimit = TimeSpan.FromSeconds(1) };

        await Assert.ThrowsAsync<ProgramTimeoutException>(() =>
            ProgramRunner.RunAsync(call, ReadOnlyMemory<byte>.Empty, Token)
        );

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"took {watch.Elapsed}");
    }

    [Fact]
    public async Task An_endless_line_is_reported_in_pieces()
    {
        var lines = new Lines();

        await ProgramRunner.RunAsync(Shell("head -c 100000 /dev/zero | tr '\\0' x; echo; echo end"), lines, Token);

        Assert.Equal(100_000, lines.All.Where(line => line != "end").Sum(line => line.Length));
        Assert.InRange(lines.All.Max(line => line.Length), 1_000, 20_000);
    }

    [Fact]
    public async Task The_beginning_of_a_flood_of_errors_is_kept()
    {
        var result = await ProgramRunner.RunAsync(Shell("seq 1 200000 >&2"), ReadOnlyMemory<byte>.Empty, Token);

        Assert.StartsWith("1\n2\n", result.Error, StringComparison.Ordinal);
        Assert.InRange(result.Error.Length, 10_000, 100_000);
    }

    [Fact]
    public void A_record_of_output_keeps_the_last_lines()
    {
        var lines = new Lines();
        var record = new OutputRecord(lines);
        for (var i = 1; i <= 1_000; i++)
        {
            record.Report($"{i}");
        }

        record.Report(new string('x', 1_000_000));

        Assert.Equal(1_001, lines.All.Count);
        Assert.StartsWith(":\n    … 851 lines left out\n    852\n", record.AsBlock(), StringComparison.Ordinal);
        Assert.InRange(record.AsBlock().Length, 2_000, 6_000);
    }

    [Fact]
    public void A_record_of_output_keeps_the_last_errors_whatever_was_written_after_them()
    {
        var record = new OutputRecord(next: null);
        record.Report("first");
        record.Errors.Report("the reason");
        for (var i = 1; i <= 1_000; i++)
        {
            record.Report($"{i}");
        }

        Assert.StartsWith(
            ":\n    … 1 line left out\n    the reason\n    … 850 lines left out\n    851\n",
            record.AsBlock(),
            StringComparison.Ordinal
        );
    }

    private static void AssertGone(int processId) =>
        Assert.False(ProcessTree.Of(processId) is { Count: > 0 }, $"{processId} still runs");

    private static ProgramCall Shell(string command) => new("/bin/sh", "-c", command);

    private sealed class Lines : IProgress<string>
    {
        private readonly List<string> all = [];

        public Action<string> Seen { get; set; } = _ => { };

        public IReadOnlyList<string> All
        {
            get
            {
                lock (all)
                {
                    return [.. all];
                }
            }
        }

        public void Report(string value)
        {
            lock (all)
            {
                all.Add(value);
            }

            Seen(value);
        }
    }
}
