using Lading.Oci;
using Lading.Processes;
using Lading.Testing;

namespace Lading.IntegrationTests.Server;

public sealed class PublishingWithCdkAssets(ContainerEngines engines) : IAsyncLifetime
{
    private const string Hash = "3f9a2c81a07e55d077c1b9e49d01f3a4e1c0d291bb0c2ea71f0be51d2cc03aa0";
    private const string Repository = $"cdk-hnb659fds-container-assets-{AwsPrograms.Account}-{AwsPrograms.Region}";
    private const string Pushing = "docker push";
    private AwsPrograms aws = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => aws = await AwsPrograms.StartAsync();

    public ValueTask DisposeAsync() => aws.DisposeAsync();

    /// <summary>With the role from the bootstrap stack, and with the caller's own credentials.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_image_asset_is_built_and_pushed_once(bool assumesRole)
    {
        await engines.RequireAsync("docker");
        await WriteAssemblyAsync(assumesRole);
        await aws.Registry.Store.CreateAsync(
            RepositoryName.Parse(Repository),
            new Layout.RepositoryRecord
            {
                Settings = RepositorySettings.ImmutableExcept(),
                CreatedAt = TimeProvider.System.GetUtcNow(),
            },
            Cancellation
        );
        var publish = await CdkAssets.RequireAsync("publish", "--verbose", "--path", aws.Folder.Combine("cdk.out"));
        var first = await aws.TryAsync(publish);
        Assert.True(first.ExitCode == 0, first.Text + first.Error);
        Assert.Contains(Pushing, first.Text + first.Error);
        var layout = aws.Registry.Store.Open(RepositoryName.Parse(Repository));
        var image = await layout.FindManifestAsync(Tag.Parse(Hash), Cancellation);
        Assert.NotNull(image);

        var second = await aws.TryAsync(publish);
        Assert.True(second.ExitCode == 0, second.Text + second.Error);
        Assert.DoesNotContain(Pushing, second.Text + second.Error);
        await aws.RunAsync("docker", "rmi", $"{aws.Registry.Host}/{Repository}:{Hash}");
    }

    private async Task WriteAssemblyAsync(bool assumesRole)
    {
        var assembly = Directory.CreateDirectory(aws.Folder.Combine("cdk.out"));
        var context = assembly.CreateSubdirectory($"asset.{Hash}");
        await File.WriteAllTextAsync(
            Path.Combine(context.FullName, "Dockerfile"),
            $"FROM {BusyboxRoot.Image}\nCOPY page /srv/page\n",
            Cancellation
        );
        await File.WriteAllTextAsync(Path.Combine(context.FullName, "page"), "hello", Cancellation);
        var role = assumesRole
            ? $""" "assumeRoleArn": "arn:aws:iam::{AwsPrograms.Account}:role/cdk-hnb659fds-image-publishing-role", """
            : "";
        await File.WriteAllTextAsync(
            Path.Combine(assembly.FullName, "assets.json"),
            $$"""
            {
              "version": "36.0.0",
              "files": {},
              "dockerImages": {
                "{{Hash}}": {
                  "source": { "directory": "asset.{{Hash}}" },
                  "destinations": {
                    "here": {
                      {{role}}
                      "region": "{{AwsPrograms.Region}}",
                      "repositoryName": "{{Repository}}",
                      "imageTag": "{{Hash}}"
                    }
                  }
                }
              }
            }
            """,
            Cancellation
        );
    }
}
