using Lading.Oci;
using Lading.Testing;

namespace Lading.EndToEndTests.Deploy;

/// <summary>Each failure: the right message, the right exit code, and nothing half-done. In each language.</summary>
public abstract class WhatGoesWrong(DeployedApp app) : IAsyncLifetime
{
    private string lading = "";

    private protected abstract SampleApp Sample { get; }

    public async ValueTask InitializeAsync()
    {
        lading = app.Repository.Read("lading.json");
        app.WriteApp(Sample.Command);
        await CommitAsync("Take the app");
        (await app.LadingAsync("publish", "--env", "dev")).Succeeded();
    }

    public async ValueTask DisposeAsync()
    {
        app.Cloud.Heal();
        app.WriteApp(DeployedApp.App);
        app.Repository.Write("lading.json", lading);
        await CommitAsync("As it was");
    }

    // An earlier test may have left the same content.
    private async Task CommitAsync(string message)
    {
        if ((await app.Repository.GitAsync("status", "--porcelain")).Length > 0)
        {
            await app.Repository.CommitAsync(message);
        }
    }

    [Fact]
    public async Task Credentials_of_another_account_are_refused_before_anything_is_done()
    {
        // A machine without the profile, where a job was given a role of the wrong account.
        var variables = app.Variables();
        variables["AWS_CONFIG_FILE"] = "/dev/null";
        foreach (
            var (name, value) in app.Cloud.VariablesOf(DeployedApp.Prod).Where(pair => pair.Key != "AWS_CONFIG_FILE")
        )
        {
            variables[name] = value;
        }

        var before = app.Cloud.Calls.Count;
        var run = await app.DeployAsync("dev", variables);

        run.Failed(FailureKind.Usage);
        Assert.Contains("it is account 111111111111", run.Error, StringComparison.Ordinal);
        Assert.Contains("account 222222222222", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Cloud.Calls.Skip(before), call => call.Service is "cloudformation" or "s3");
    }

    [Fact]
    public async Task An_app_that_cdk_starts_for_another_account_is_refused_with_the_profile_to_set()
    {
        app.WriteApp($"lading run -- {Sample.Command}");
        var variables = app.Variables();
        variables["LADING_ENV"] = "dev";

        var run = await app.CdkAsync(variables, "ls", "--profile", "storefront-prod");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "it is account 111111111111, and CDK works with account 222222222222",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("--profile storefront-dev", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_image_stops_the_app_and_listing_never_publishes_it()
    {
        app.Repository.Write("src/site/pages/missing.txt", $"Missing\n");
        await app.Repository.CommitAsync("Add a page");
        app.WriteApp($"lading run --publish missing -- {Sample.Command}");
        await app.Repository.CommitAsync("Run through lading");

        var listed = await app.CdkAsync("dev", "ls");
        Assert.Equal(1, listed.ExitCode);
        Assert.Contains("never published there: site (src-", listed.Error, StringComparison.Ordinal);
        Assert.Contains("Run 'lading publish --env dev'", listed.Error, StringComparison.Ordinal);
        var compared = await app.CdkAsync("dev", "diff", "--no-change-set");
        Assert.Contains("never published there", compared.Error, StringComparison.Ordinal);

        // 'cdk synth' may publish missing images.
        var synthesized = await app.CdkAsync("dev", "synth", "--quiet");
        Assert.True(synthesized.ExitCode == 0, synthesized.Error);
        Assert.Contains("1 reused · 1 new", synthesized.Error + synthesized.Out, StringComparison.Ordinal);
        Assert.Equal("Storefront", (await app.CdkAsync("dev", "ls")).Succeeded().Out.Trim());
    }

    [Fact]
    public async Task Missing_repositories_that_CDK_creates_are_named()
    {
        app.Repository.Write(
            "lading.json",
            lading.Replace(
                "\"profile\": \"storefront-dev\"",
                "\"profile\": \"storefront-dev\", \"repositories\": \"cdk\"",
                StringComparison.Ordinal
            )
        );
        app.Repository.Write(
            "lading.json",
            app.Repository.Read("lading.json")
                .Replace("\"project\": \"storefront\"", "\"project\": \"elsewhere\"", StringComparison.Ordinal)
        );
        await app.Repository.CommitAsync("Use other repositories");
        var before = app.Cloud.Calls.Count;

        var run = await app.DeployAsync();

        run.Failed(FailureKind.Usage);
        Assert.Contains(
            "repositories are missing (elsewhere/carts, elsewhere/site)",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("ImageRepository", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(app.Cloud.Calls.Skip(before), call => call.Service is "cloudformation");
    }

    [Fact]
    public async Task An_image_for_another_platform_is_found_before_cdk_deploys()
    {
        app.Repository.Write(
            "lading.json",
            lading.Replace("\"carts\": {", "\"carts\": { \"platforms\": [\"linux/arm64\"],", StringComparison.Ordinal)
        );
        await app.Repository.CommitAsync("Build for arm64");

        var run = await app.DeployAsync();

        run.Failed(FailureKind.Failed);
        Assert.Contains(
            "the task definition runs on linux/amd64, and the image is for linux/arm64",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("'cdk synth' ended with exit code 1", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_stack_is_reported_with_those_that_exist()
    {
        app.Repository.Write("src/site/pages/unpublished.txt", "Not for a stack that is not there\n");
        await app.Repository.CommitAsync("Add a page");

        var run = await app.LadingAsync("deploy", "Storefrnt", "--env", "dev");

        run.Failed(FailureKind.Usage);
        Assert.Contains(
            "the app has no stack Storefrnt. Did you mean Storefront? It has Storefront.",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("pushing", run.Error, StringComparison.Ordinal);
        (await app.LadingAsync("check", "--env", "dev")).Failed(FailureKind.CheckFailed);
    }

    [Fact]
    public async Task Expired_credentials_are_reported_as_expired()
    {
        app.Cloud.On(
            call => call is { IsLadings: true },
            exchange =>
                exchange.AnswerAsync(
                    403,
                    """{"__type":"ExpiredTokenException","message":"The security token included in the request is expired"}""",
                    ("Content-Type", "application/x-amz-json-1.1")
                )
        );

        var run = await app.DeployAsync();

        run.Failed(FailureKind.Failed);
        Assert.Contains("expired", run.Error, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_throttled_call_is_retried()
    {
        app.Cloud.On(
            call => call is { IsLadings: true, Service: "ecr" },
            exchange =>
                exchange.AnswerAsync(
                    400,
                    """{"__type":"ThrottlingException","message":"Rate exceeded"}""",
                    ("Content-Type", "application/x-amz-json-1.1")
                ),
            times: 3
        );

        (await app.LadingAsync("resolve", "--env", "dev")).Succeeded();
    }

    [Fact]
    public async Task A_deployment_that_CloudFormation_refuses_keeps_images_and_lock_and_can_be_repeated()
    {
        app.Repository.Write("src/site/pages/refused.txt", "Refused\n");
        await app.Repository.CommitAsync("Add a refused page");
        app.Cloud.On(
            call => call is { Service: "cloudformation", Operation: "CreateStack" or "UpdateStack" },
            exchange =>
                exchange.AnswerAsync(
                    400,
                    "<ErrorResponse><Error><Type>Sender</Type><Code>InsufficientCapabilitiesException</Code><Message>not today</Message></Error></ErrorResponse>",
                    ("Content-Type", "text/xml")
                )
        );

        var run = await app.DeployAsync();
        run.Failed(FailureKind.Failed);
        Assert.Contains("not today", run.Error, StringComparison.Ordinal);
        Assert.Contains(
            "Could not deploy to dev: 'cdk deploy' ended with exit code 1",
            run.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("run 'lading deploy' again", run.Error, StringComparison.Ordinal);

        app.Cloud.Heal();
        var again = (await app.DeployAsync()).Succeeded();
        Assert.Contains("2 images · 2 reused · nothing sent", again.Error, StringComparison.Ordinal);
    }
}
