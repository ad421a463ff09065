using System.Text.RegularExpressions;
using Lading.Deploying;
using Lading.Git;
using Lading.Running.Evidence;
using Lading.Running.Verifying;
using Lading.Testing;
using Lading.Tests.Running;

namespace Lading.Tests.Diagnosis;

/// <summary>Errors of other verbs whose cause a check can find end with the command that runs it.</summary>
public sealed partial class EndingWithACheck
{
    private const string OfAccount =
        $"--account {RunningWorld.Account} --profile storefront --region {RunningWorld.Region}";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("CannotPullContainerError: pull image manifest has been retried 1 time(s): denied", "pull-permission")]
    [InlineData("CannotPullContainerError: no match for platform in manifest", "platforms")]
    [InlineData("exec /app: exec format error", "platforms")]
    [InlineData("ResourceInitializationError: unable to pull registry auth", "pull-permission")]
    [InlineData("CannotPullContainerError: web@sha256:aa: not found", "lifecycle-rules")]
    public void The_reason_of_a_stopped_task_names_the_check(string reason, string check)
    {
        var source = new FactOrigin("ecs:DescribeTasks", "", default);
        var task = new TaskEvidence
        {
            Arn = "arn",
            ClusterArn = "arn",
            Group = "service:web",
            TaskDefinition = "arn",
            LastStatus = "STOPPED",
            DesiredStatus = "STOPPED",
            StoppedReason = reason,
            Source = source,
        };
        var evidence = new EnvironmentEvidence
        {
            Name = "prod",
            Account = RunningWorld.Account,
            Region = RunningWorld.Region,
            ReadAt = default,
        };

        Assert.Contains(
            $"'lading doctor {check} --env prod'",
            StoppedTasks.Of([task], default, evidence).Single().Remedy,
            StringComparison.Ordinal
        );
        // Outside of a project, the account is named instead.
        Assert.Contains(
            $"'lading doctor {check} {OfAccount}'",
            StoppedTasks.Of([task], default, evidence with { Selector = OfAccount }).Single().Remedy,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_engine_that_does_not_answer()
    {
        using var folder = (await ExaminedFolder.CreateAsync())
            .Project()
            .Program("docker", "echo 'I am ill' >&2; exit 1");
        await folder.Repository.CommitAsync("one");
        folder.Variables["LADING_ENGINE"] = Path.Combine(folder.Variables["PATH"], "docker");

        var run = (await ToolRun.InAsync(folder.Repository.Folder, folder.Variables, ["publish"])).Failed(
            FailureKind.Failed
        );

        Assert.Contains(
            "which LADING_ENGINE names: it does not answer: I am ill.",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.EndsWith("'lading doctor engine' asks it again.", run.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Programs_that_are_missing_or_old()
    {
        Assert.EndsWith(
            "'lading doctor git-version' looks for it.",
            GitFailure.Missing("Could not", new InvalidOperationException()).Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "'lading doctor git-version' tells which one this is.",
            GitFailure.Of("Could not", "error: unknown option `batch-command'\nusage: git cat-file").Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "'lading doctor cdk-version' looks for it.",
            Assert.Throws<LadingException>(() => CdkProgram.Find(Path.GetTempPath(), _ => null)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_revision_that_is_not_in_the_clone()
    {
        using var folder = (await ExaminedFolder.CreateAsync()).Project();
        await folder.Repository.CommitAsync("one");

        var run = await ToolRun.InAsync(folder.Repository.Folder, ["plan", "--offline", "--rev", "0123456"]);

        Assert.Contains("'lading doctor git-clone' says whether this is one.", run.Error, StringComparison.Ordinal);
    }

    /// <summary>A check that no error names has a reason.</summary>
    [Fact]
    public void Every_check_is_named_by_an_error_or_has_a_reason_not_to_be()
    {
        string[] silent =
        [
            // The errors already say the same, with line and column or the program to update.
            DoctorCheck.Configuration,
            DoctorCheck.LadingVersion,
            DoctorCheck.Lock,
            // What cdk says when it starts, or fails to, is up to cdk.
            DoctorCheck.Node,
            DoctorCheck.Dotnet,
            DoctorCheck.Bootstrap,
            // Nothing fails because of these; they hurt later.
            DoctorCheck.LadingPath,
            DoctorCheck.OwnFolder,
            DoctorCheck.Bases,
            DoctorCheck.AppStaging,
            DoctorCheck.Leftovers,
            DoctorCheck.TagMutability,
            DoctorCheck.TagAliases,
            DoctorCheck.CdkGc,
        ];
        var sources = Sources()
            .Where(path =>
                !path.Contains("Diagnosis", StringComparison.Ordinal)
                && !path.EndsWith("DoctorCheck.cs", StringComparison.Ordinal)
            )
            .Select(File.ReadAllText)
            .ToList();
        var named = typeof(DoctorCheck)
            .GetFields()
            .Where(field =>
                sources.Exists(text =>
                    Regex.IsMatch(text, $@"DoctorCheck\.{field.Name}\b", RegexOptions.ExplicitCapture, Patience)
                )
            )
            .Select(field => (string)field.GetRawConstantValue()!);

        Assert.Equal(
            DoctorCheck.Names.Except(silent).Order(StringComparer.Ordinal),
            named.Order(StringComparer.Ordinal)
        );
    }

    /// <summary>The name of a check that does not exist would lead people nowhere.</summary>
    [Fact]
    public void Every_check_that_a_message_names_exists()
    {
        var named = Sources()
            .SelectMany(path => Named().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal);

        Assert.All(named, name => Assert.Contains(name, DoctorCheck.Names));
    }

    private static IEnumerable<string> Sources() =>
        Directory
            .EnumerateFiles(SourceTree.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path =>
                !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
            );

    [GeneratedRegex("lading doctor (?<name>[a-z][a-z-]+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Named();
}
