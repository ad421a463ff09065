using System.Net;
using System.Text.RegularExpressions;
using Lading.Aws;
using Lading.Running.Evidence;
using Lading.Running.Verifying;
using Lading.Testing;
using Lading.Tests.Running;

namespace Lading.Tests.Diagnosis;

/// <summary>Errors of other verbs whose cause a check knows end with the command that runs it.</summary>
public sealed partial class EndingWithACheck
{
    [Theory]
    [InlineData("CannotPullContainerError: pull image manifest has been retried 1 time(s): denied", "pull-permission")]
    [InlineData("CannotPullContainerError: no match for platform in manifest", "platforms")]
    [InlineData("exec /app: exec format error", "platforms")]
    [InlineData("ResourceInitializationError: unable to pull registry auth", "pull-permission")]
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
        // Outside of a project an account is named as such.
        Assert.Contains(
            $"'lading doctor {check} --account {RunningWorld.Account} --region {RunningWorld.Region}'",
            StoppedTasks.Of([task], default, evidence with { Name = evidence.Account }).Single().Remedy,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_signature_that_came_too_late()
    {
        var settings = new AwsSettings
        {
            Environment = "prod",
            Account = RunningWorld.Account,
            Region = RunningWorld.Region,
            Variable = _ => null,
        };
        var failure = new AwsFailure(
            settings,
            null!,
            new ServiceAddress(new Uri("https://sts.amazonaws.com/"), null),
            AwsService.Sts,
            "GetCallerIdentity",
            "Could not ask"
        );

        var refused = failure.Refused(new AwsError(HttpStatusCode.Forbidden, "RequestTimeTooSkewed", "late"));

        Assert.EndsWith(
            "'lading doctor clock --env prod' says how far it is off.",
            refused.Message,
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

    /// <summary>A name that no check has would send people nowhere.</summary>
    [Fact]
    public void Every_check_that_a_message_names_is_there()
    {
        var named = Directory
            .EnumerateFiles(SourceTree.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path =>
                !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)
            )
            .SelectMany(path => Named().Matches(File.ReadAllText(path)))
            .Select(match => match.Groups["name"].Value)
            .Distinct(StringComparer.Ordinal);

        Assert.All(named, name => Assert.Contains(name, DoctorCheck.Names));
    }

    [GeneratedRegex("lading doctor (?<name>[a-z][a-z-]+)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Named();
}
