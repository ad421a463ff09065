using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Lading.Cli;
using Lading.Cli.Commands;
using Lading.Cli.Output;
using Lading.Processes;
using Lading.Testing;

namespace Lading.Tests.Ci;

/// <summary>The script of <c>./build cloud</c>, with stand-ins for the programs that call AWS.</summary>
public sealed partial class RunningInTheCloud : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Every_call_of_lading_in_it_parses()
    {
        var host = new Host
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            In = TextReader.Null,
            Environment = new Dictionary<string, string>(StringComparer.Ordinal),
            WorkingDirectory = SourceTree.Root,
        };
        var lines = Steps()
            .Matches(File.ReadAllText(SourceTree.PathOf("eng/cloud.sh")))
            .Select(match => match.Groups["line"].Value)
            .ToList();
        Assert.True(lines.Count > 10, "the script calls lading");
        Assert.All(
            ["deploy", "status", "history", "verify", "rollback"],
            verb => Assert.Contains(lines, line => line.StartsWith(verb, StringComparison.Ordinal))
        );
        Assert.All(
            lines,
            line =>
            {
                var words = CommandLineParser.SplitCommandLine(line).ToList();
                var root = Verbs.Root(host, new Terminal(host));
                var parsed = root.Parse(words);
                parsed = DeployCommand.WithDashes(parsed, words) is { } dashed ? root.Parse(dashed) : parsed;
                Assert.Empty(parsed.Errors);
            }
        );
    }

    [Fact]
    public async Task Without_credentials_it_refuses_and_says_how_to_sign_in()
    {
        Program("aws", "echo 'Unable to locate credentials.' >&2; exit 253");

        var run = await RunAsync("--yes");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("Unable to locate credentials.", run.Error, StringComparison.Ordinal);
        Assert.Contains("aws sso login", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("lading", Calls(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_asks_before_it_creates_anything()
    {
        var run = await RunAsync();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("./build cloud --yes", run.Error, StringComparison.Ordinal);
        Assert.Contains("repository lading-cloud-test/web", run.Text, StringComparison.Ordinal);
        Assert.Contains("0.05 USD", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("delete-stack", Calls(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Never_removes_what_it_did_not_create()
    {
        Program("aws", "case \"$*\" in *get-caller-identity*) echo 123456789012 ;; esac");

        var run = await RunAsync("--yes");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("There is a stack LadingCloud-test or a repository", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("delete-", Calls(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_failure_everything_is_removed()
    {
        Program("lading", "exit 1");

        var run = await RunAsync("--yes");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("ended with exit code 1 instead of 0", run.Error, StringComparison.Ordinal);
        Assert.Contains("Everything was removed.", run.Text, StringComparison.Ordinal);
        AssertRemoved();
    }

    [Fact]
    public async Task A_leftover_is_reported_with_the_command_that_removes_it()
    {
        Program("lading", "exit 1");
        Program("aws", Account + "case \"$*\" in *delete-repository*) exit 1 ;; esac");

        var run = await RunAsync("--yes");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "aws ecr delete-repository --repository-name lading-cloud-test/web --force",
            run.Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_repository_that_was_never_created_is_not_reported_as_a_leftover()
    {
        Program("lading", "exit 1");
        Program(
            "aws",
            Account
                + "case \"$*\" in *delete-repository*) echo 'An error occurred (RepositoryNotFoundException)' >&2; exit 254 ;; esac"
        );

        var run = await RunAsync("--yes");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Everything was removed.", run.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("RepositoryNotFound", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_in_progress_is_cancelled_and_awaited_before_the_stack_is_deleted()
    {
        Program("lading", "exit 1");
        // At first there is nothing; then the stack is being updated, and rolled back.
        Program(
            "aws",
            "case \"$*\" in *get-caller-identity*) echo 123456789012 ;; *describe-repositories*) exit 254 ;; "
                + $"*describe-stacks*) echo x >>'{folder.Combine("looks")}'; case $(wc -l <'{folder.Combine("looks")}') in "
                + "*1) exit 254 ;; *2) echo UPDATE_IN_PROGRESS ;; *3) echo UPDATE_ROLLBACK_IN_PROGRESS ;; *) echo UPDATE_ROLLBACK_COMPLETE ;; esac ;; esac"
        );

        var run = await RunAsync("--yes");

        Assert.Contains("CloudFormation is at it (UPDATE_IN_PROGRESS)", run.Text, StringComparison.Ordinal);
        var calls = Calls().Split('\n');
        var looks = Enumerable
            .Range(0, calls.Length)
            .Where(i => calls[i].Contains("describe-stacks", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(4, looks.Count);
        Assert.Contains("cancel-update-stack", calls[looks[1] + 1], StringComparison.Ordinal);
        Assert.Contains("delete-stack", calls[looks[3] + 1], StringComparison.Ordinal);
        AssertRemoved();
    }

    [Fact]
    public async Task A_stack_whose_deletion_fails_is_deleted_once_more()
    {
        Program("lading", "exit 1");
        Program(
            "aws",
            Account
                + $"case \"$*\" in *stack-delete-complete*) [ -f '{folder.Combine("failed")}' ] || {{ touch '{folder.Combine("failed")}'; exit 255; }} ;; esac"
        );

        var run = await RunAsync("--yes");

        Assert.Contains("Everything was removed.", run.Text, StringComparison.Ordinal);
        Assert.Equal(2, Calls().Split('\n').Count(call => call.Contains("delete-stack --", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task An_interrupted_run_removes_everything_too(string signal)
    {
        // A process started in the background or under nohup ignores some signals, and so do its children.
        var ignoring = await ProgramRunner.RunAsync(
            new ProgramCall("bash", ["-c", $"kill -{signal} $$; echo ignored"]),
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
        Assert.SkipWhen(ignoring.Text.Length > 0, $"This run ignores SIG{signal}. Run the tests in the foreground.");

        // The signal arrives while lading deploys.
        Program("lading", $"kill -{signal} \"$PPID\"; sleep 0.2; exit 130");

        var run = await RunAsync("--yes");

        Assert.Equal(130, run.ExitCode);
        Assert.Contains("Everything was removed.", run.Text, StringComparison.Ordinal);
        AssertRemoved();
    }

    [Fact]
    public async Task A_run_without_a_failure_removes_everything_too()
    {
        // Only the second deployment fails, as it must.
        Program("lading", "[ \"$1\" != deploy ] || { echo x >>deploys; [ \"$(wc -l <deploys)\" -ne 2 ]; }");

        var run = await RunAsync("--yes");

        Assert.Equal("", run.Error);
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("All of it came out as told.", run.Text, StringComparison.Ordinal);
        AssertRemoved();
    }

    // An account in which none of these names exists yet.
    private const string Account =
        "case \"$*\" in *get-caller-identity*) echo 123456789012 ;; *describe-stacks*|*describe-repositories*) exit 254 ;; esac; ";

    private void AssertRemoved()
    {
        var calls = Calls();
        Assert.Contains(
            "aws cloudformation delete-stack --stack-name LadingCloud-test",
            calls,
            StringComparison.Ordinal
        );
        Assert.Contains("aws cloudformation wait stack-delete-complete", calls, StringComparison.Ordinal);
        Assert.Contains(
            "aws ecr delete-repository --repository-name lading-cloud-test/web --force",
            calls,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "aws ssm delete-parameter --name /lading/LadingCloud-test/lease",
            calls,
            StringComparison.Ordinal
        );
    }

    private async Task<ProgramResult> RunAsync(params string[] options)
    {
        // A copy, so that the files it keeps are in the test's folder.
        Directory.CreateDirectory(folder.Combine("eng"));
        File.Copy(SourceTree.PathOf("eng/cloud.sh"), folder.Combine("eng/cloud.sh"), overwrite: true);
        foreach (var name in new[] { "aws", "lading", "cdk", "docker", "node" })
        {
            if (!File.Exists(folder.Combine($"bin/{name}")))
            {
                Program(name, name == "aws" ? Account : "");
            }
        }

        return await ProgramRunner.RunAsync(
            new ProgramCall("bash", [folder.Combine("eng/cloud.sh"), .. options])
            {
                Environment = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["PATH"] = $"{folder.Combine("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                    ["AWS_REGION"] = "eu-central-1",
                    ["LADING_CLOUD_SUFFIX"] = "test",
                    ["LADING_CLOUD_PAUSE"] = "0",
                    ["TMPDIR"] = folder.Path,
                    ["GIT_CONFIG_GLOBAL"] = "/dev/null",
                },
            },
            ReadOnlyMemory<byte>.Empty,
            TestContext.Current.CancellationToken
        );
    }

    private string Calls() => File.Exists(folder.Combine("calls")) ? File.ReadAllText(folder.Combine("calls")) : "";

    /// <summary>A program that records how it was called.</summary>
    private void Program(string name, string script)
    {
        Directory.CreateDirectory(folder.Combine("bin"));
        var path = folder.Combine($"bin/{name}");
        File.WriteAllText(path, $"#!/bin/sh\necho \"{name} $*\" >>'{folder.Combine("calls")}'\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [GeneratedRegex(
        @"^step (?:\S+) lading (?<line>.*)$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Steps();
}
