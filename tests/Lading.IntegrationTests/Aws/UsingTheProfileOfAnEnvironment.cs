using Lading.Testing;

namespace Lading.IntegrationTests.Aws;

/// <summary><c>lading image</c> on an ECR registry that belongs to an environment.</summary>
public sealed class UsingTheProfileOfAnEnvironment : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private AnsweringAws aws = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        aws = await AnsweringAws.StartAsync();
        await File.WriteAllTextAsync(
            folder.Combine("config"),
            "[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n"
                + "[profile shop-dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = s\n",
            Cancelled
        );
    }

    public async ValueTask DisposeAsync()
    {
        await aws.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/web", "AKIADEV", true)]
    [InlineData("111111111111.dkr-ecr.eu-west-1.on.aws/shop/web", "AKIADEV", true)]
    [InlineData("111111111111.dkr.ecr.us-east-1.amazonaws.com/shop/web", "AKIADEFAULT", true)]
    [InlineData("333333333333.dkr.ecr.eu-west-1.amazonaws.com/shop/web", "AKIADEFAULT", true)]
    [InlineData("111111111111.dkr.ecr.eu-west-1.amazonaws.com/shop/web", "AKIADEFAULT", false)]
    public async Task An_address_in_its_account_and_region_uses_it(string place, string key, bool inProject)
    {
        if (inProject)
        {
            await File.WriteAllTextAsync(
                folder.Combine("lading.json"),
                """
                {
                  "project": "shop",
                  "images": { "web": { "from": "docker.io/library/nginx:1" } },
                  "environments": {
                    "dev": { "account": "111111111111", "region": "eu-west-1", "profile": "shop-dev" }
                  }
                }
                """,
                Cancelled
            );
        }

        var run = await ToolRun.InAsync(
            folder.Path,
            new Dictionary<string, string>
            {
                ["AWS_ENDPOINT_URL"] = aws.Address,
                ["AWS_CONFIG_FILE"] = folder.Combine("config"),
                ["AWS_SHARED_CREDENTIALS_FILE"] = folder.Combine("none"),
            },
            ["image", "list", place]
        );

        // It is refused here: what matters is who asked.
        Assert.Equal(1, run.ExitCode);
        Assert.Equal([key], aws.Keys.Distinct());
    }
}
