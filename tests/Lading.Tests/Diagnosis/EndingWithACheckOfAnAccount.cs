using System.Net;
using Lading.Aws;
using Lading.Aws.Credentials;
using Lading.Configuration;
using Lading.Http;
using Lading.Testing;
using Lading.Tests.Running;

namespace Lading.Tests.Diagnosis;

/// <summary>
/// Errors of AWS whose cause a check can find end with the command that runs it, for the account as it was reached.
/// </summary>
public sealed class EndingWithACheckOfAnAccount
{
    [Theory]
    [InlineData("RequestTimeTooSkewed", "clock --env prod' says how far it is off.")]
    [InlineData("ExpiredToken", "credentials --env prod' checks the credentials.")]
    [InlineData("InvalidClientTokenId", "credentials --env prod' checks the credentials.")]
    public void A_refusal_of_AWS_names_the_check(string code, string said)
    {
        var settings = Settings(RunningWorld.Environment);

        Assert.EndsWith($"'lading doctor {said}", Refused(settings, code).Message, StringComparison.Ordinal);
        // An error within doctor does not send people to doctor.
        Assert.DoesNotContain(
            "lading doctor",
            Refused(settings with { NamesChecks = false }, code).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_account_is_named_as_it_was_reached()
    {
        var environment = RunningWorld.Environment with { Profile = "storefront" };

        Assert.EndsWith(
            $"'lading doctor credentials --account 111111111111 --profile storefront --region {RunningWorld.Region}' checks the credentials.",
            Refused(Settings(environment.At("111111111111", RunningWorld.Region)), "ExpiredToken").Message,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "'lading doctor credentials' checks the credentials.",
            Refused(
                Settings(environment with { Name = "111111111111.dkr.ecr.eu-central-1.amazonaws.com" }),
                "ExpiredToken"
            ).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_address_at_which_nobody_listens()
    {
        var address = new ServiceAddress(new Uri("http://127.0.0.1:1/"), "AWS_ENDPOINT_URL");
        var failure = new AwsFailure(
            Settings(RunningWorld.Environment),
            null!,
            address,
            AwsService.Sts,
            "",
            "Could not"
        );

        Assert.EndsWith(
            "'lading doctor endpoints --env prod' lists what goes elsewhere.",
            failure.GivenUp(new FailedAttempt("refused", 1), new AttemptTally()).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Missing_credentials_and_those_of_another_account()
    {
        await using var world = await AccountWorld.StartAsync();
        string[] verify = ["verify", "--account", "333333333333", "--region", RunningWorld.Region];

        var other = await ToolRun.InAsync(world.Folder.Repository.Folder, world.Folder.Variables, verify);
        world.Folder.Variables.Remove("AWS_ACCESS_KEY_ID");
        world.Folder.Variables.Remove("AWS_SECRET_ACCESS_KEY");
        var none = await ToolRun.InAsync(world.Folder.Repository.Folder, world.Folder.Variables, verify);

        Assert.All(
            [other, none],
            run =>
                Assert.EndsWith(
                    $"'lading doctor credentials --account 333333333333 --region {RunningWorld.Region}' checks the credentials.",
                    run.Error.TrimEnd(),
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public async Task Repositories_that_a_stack_is_to_create()
    {
        await using var world = await AccountWorld.StartAsync();
        world.Configure(""", "repositories": "cdk" """);
        await world.Folder.Repository.CommitAsync("one");

        var run = await ToolRun.InAsync(
            world.Folder.Repository.Folder,
            world.Folder.Variables,
            ["publish", "--env", "prod"]
        );

        Assert.EndsWith(
            "'lading doctor repositories --env prod' tells which are there.",
            run.Error.TrimEnd(),
            StringComparison.Ordinal
        );
    }

    private static AwsSettings Settings(EnvironmentDefinition environment) => AwsSettings.For(environment, _ => null);

    private static LadingException Refused(AwsSettings settings, string code)
    {
        var failure = new AwsFailure(
            settings,
            new AwsLogin(LoginKind.Variables, "AWS_ACCESS_KEY_ID", null!),
            new ServiceAddress(new Uri("https://sts.amazonaws.com/"), null),
            AwsService.Sts,
            "GetCallerIdentity",
            "Could not ask"
        );
        return failure.Refused(new AwsError(HttpStatusCode.Forbidden, code, "no"));
    }
}
