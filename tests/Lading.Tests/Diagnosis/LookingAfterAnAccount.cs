using Lading.Testing;

namespace Lading.Tests.Diagnosis;

/// <summary>The whole tool looks at an account over HTTP: its credentials, its addresses and its bootstrap.</summary>
public sealed class LookingAfterAnAccount : IAsyncLifetime
{
    private AccountWorld world = null!;

    public async ValueTask InitializeAsync() => world = await AccountWorld.StartAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Credentials_of_another_account_are_broken_and_other_checks_say_that_they_cannot_look()
    {
        world.Folder.Repository.Write(
            "lading.json",
            """
            { "project": "shop", "images": { "web": { "context": "web" } },
              "environments": { "prod": { "account": "333333333333", "region": "eu-central-1" } } }
            """
        );

        var run = (await world.DoctorAsync("credentials", "platforms")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "✗ Could not use environment prod: it is account 333333333333, and AWS_ACCESS_KEY_ID belongs to account 222222222222",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "? could not look at platforms in prod: the account of prod cannot be used: lading doctor credentials --env prod",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_any_credentials_it_says_that_it_could_not_look()
    {
        world.Folder.Variables.Remove("AWS_ACCESS_KEY_ID");
        world.Folder.Variables.Remove("AWS_SECRET_ACCESS_KEY");

        var run = (await world.DoctorAsync("credentials")).Succeeded();

        Assert.Contains(
            "? could not look at credentials in prod: no profile is named",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_expired_login_of_IAM_Identity_Center_is_broken()
    {
        world.Folder.Variables.Remove("AWS_ACCESS_KEY_ID");
        world.Folder.Variables.Remove("AWS_SECRET_ACCESS_KEY");
        world.Folder.Repository.Write(
            "aws-config",
            """
            [profile storefront]
            sso_start_url = https://nobody.example/start
            sso_region = eu-central-1
            sso_account_id = 222222222222
            sso_role_name = deploy
            """
        );
        world.Folder.Variables["AWS_CONFIG_FILE"] = Path.Combine(world.Folder.Repository.Folder, "aws-config");
        world.Configure(""", "profile": "storefront" """);

        var run = (await world.DoctorAsync("credentials")).Failed(FailureKind.CheckFailed);

        Assert.Matches(
            @"✗ Could not get AWS credentials for environment prod: there is no valid login of IAM Identity Center for profile storefront: .+\. Run 'aws sso login --profile storefront'  \(credentials, prod\)",
            run.Out
        );
        // The check does not send people to itself.
        Assert.DoesNotContain("lading doctor", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "✓ 1 check ")]
    [InlineData(-120, "! this machine's clock is 120 s ahead of AWS's: set it: timedatectl set-ntp true ")]
    [InlineData(
        900,
        "✗ this machine's clock is 900 s behind AWS's, and signatures are valid for five minutes: set it: timedatectl set-ntp true "
    )]
    public async Task A_clock_that_is_off_is_reported(int seconds, string said)
    {
        world.Aws.Skew = TimeSpan.FromSeconds(seconds);

        var run = await world.DoctorAsync("clock");

        Assert.Contains(
            said[..^1],
            run.Out.Replace("119 s", "120 s", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Configured_addresses_are_reported()
    {
        var run = (await world.DoctorAsync("endpoints")).Succeeded();

        Assert.Contains("AWS_ENDPOINT_URL_ECR sends ECR to 127.0.0.1:", run.Out, StringComparison.Ordinal);
        Assert.Matches(": unset AWS_ENDPOINT_URL.* if that is not meant  [(]endpoints, prod[)]", run.Out);

        world.Folder.Variables["AWS_ENDPOINT_URL_ECR"] = "http://elsewhere.example";
        Assert.Contains("✗ Could not reach ECR", (await world.DoctorAsync("endpoints")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_that_is_not_bootstrapped_is_broken()
    {
        var run = (await world.DoctorAsync("bootstrap")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            "✗ 222222222222/eu-central-1 is not bootstrapped with qualifier hnb659fds, which the app deploys with: cdk bootstrap aws://222222222222/eu-central-1",
            run.Out,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("33", "✓ 1 check")]
    [InlineData(
        "20",
        "! bootstrap version 20 of 222222222222/eu-central-1 is older than cdk 2.1148.1 wants (33): cdk bootstrap aws://222222222222/eu-central-1 --qualifier shop1 "
    )]
    [InlineData(
        "5",
        "✗ bootstrap version 5 of 222222222222/eu-central-1 is older than the app's assembly requires (6)"
    )]
    public async Task An_old_bootstrap_is_reported(string version, string said)
    {
        world
            .Folder.Repository.Write(
                "cdk.out/manifest.json",
                """
                { "version": "55.0.0", "artifacts": { "Shop": { "type": "aws:cloudformation:stack", "properties": {
                    "requiresBootstrapStackVersion": 6, "bootstrapStackVersionSsmParameter": "/cdk-bootstrap/shop1/version" } } } }
                """
            )
            .Write("node_modules/.bin/cdk", "")
            .Write("node_modules/aws-cdk/package.json", """{ "name": "aws-cdk", "version": "2.1148.1" }""")
            .Write(
                "node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml",
                "Resources:\n  CdkBootstrapVersion:\n    Type: AWS::SSM::Parameter\n    Properties:\n      Type: String\n      # Also below\n      Value: '33'\n"
            );
        world.Aws.Stacks.Parameters["/cdk-bootstrap/shop1/version"] = [(version, default)];

        Assert.Contains(said, (await world.DoctorAsync("bootstrap")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Roles_of_the_bootstrap_are_assumed_and_distinguished()
    {
        string Role(string use) => $"cdk-hnb659fds-{use}-role-{AccountWorld.Account}-eu-central-1";
        foreach (var use in (string[])["file-publishing", "lookup"])
        {
            world.Aws.Roles.Granted[$"arn:aws:iam::{AccountWorld.Account}:role/{Role(use)}"] = new HashSet<string>();
        }

        world.Aws.Iam.Roles[Role("image-publishing")] = new();

        var run = (await world.DoctorAsync("bootstrap-roles")).Failed(FailureKind.CheckFailed);

        Assert.Contains(
            $"✗ role {Role("deploy")}, with which cdk deploys, is not there: cdk bootstrap aws://222222222222/eu-central-1  (",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"! role {Role("image-publishing")}, with which cdk pushes image assets, may not be assumed: either these credentials lack sts:AssumeRole, or the role does not trust them: allow sts:AssumeRole on arn:aws:iam::222222222222:role/",
            run.Out,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("lookup", run.Out, StringComparison.Ordinal);

        world.Aws.Roles.Denied.Add("iam:GetRole");
        run = await world.DoctorAsync("bootstrap-roles");
        Assert.Contains("no access to iam:GetRole", run.Out, StringComparison.Ordinal);
    }
}
