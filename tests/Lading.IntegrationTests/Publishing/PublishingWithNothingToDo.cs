using Lading.Testing;
using Lading.Testing.Cloud;

namespace Lading.IntegrationTests.Publishing;

/// <summary>
/// What a publish asks AWS if the registry has everything: whose credentials they are, once, and each repository once,
/// all at the same time.
/// </summary>
public sealed class PublishingWithNothingToDo(MotoServer moto) : IAsyncLifetime
{
    private const string Account = "111111111111";
    private const int Images = 5;
    private TestRepository? repository;
    private TestCloud? cloud;

    private TestRepository Repository => repository!;

    private TestCloud Cloud => cloud!;

    public async ValueTask InitializeAsync()
    {
        cloud = await TestCloud.StartAsync(
            await moto.RequireAsync(),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["dev"] = Account }
        );
        repository = await TestRepository.CreateAsync();
        var images = Enumerable
            .Range(0, Images)
            .Select(i =>
                $$"""
                    "image-{{i}}": { "assemble": { "base": "scratch", "copy": { "src/{{i}}/": "/srv/" } } }
                    """
            );
        Repository.Write(
            "lading.json",
            $$"""
            { "project": "shop", "images": { {{string.Join(',', images)}} },
              "environments": { "dev": { "account": "{{Account}}", "region": "{{TestCloud.Region}}" } } }
            """
        );
        for (var i = 0; i < Images; i++)
        {
            Repository.Write($"src/{i}/file", $"{i}\n");
        }

        await Repository.CommitAsync("Five images");
    }

    public async ValueTask DisposeAsync()
    {
        repository?.Dispose();
        if (cloud is not null)
        {
            await cloud.DisposeAsync();
        }
    }

    [Fact]
    public async Task It_asks_once_whose_credentials_they_are_and_once_for_each_repository()
    {
        await PublishAsync();
        var before = Cloud.Calls.Count;

        await PublishAsync();

        Assert.Equal(
            Enumerable.Repeat("ecr:DescribeImages", Images).Append("sts:GetCallerIdentity"),
            Cloud.Calls.Skip(before).Select(call => call.Action).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task One_new_image_adds_only_its_own_calls()
    {
        await PublishAsync();
        Repository.Write("src/0/file", "changed\n");
        await Repository.CommitAsync("One of them");
        var before = Cloud.Calls.Count;

        await PublishAsync();

        var counts = Cloud
            .Calls.Skip(before)
            .GroupBy(call => call.Action)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        Assert.Equal(1, counts["sts:GetCallerIdentity"]);
        Assert.InRange(counts["ecr:DescribeImages"], Images, Images + 2);
        Assert.DoesNotContain("ecr:CreateRepository", counts.Keys);
    }

    private async Task PublishAsync()
    {
        var variables = Cloud
            .VariablesOf(Account)
            .Where(pair => pair.Value is not null)
            .ToDictionary(pair => pair.Key, pair => pair.Value!, StringComparer.Ordinal);
        (await ToolRun.InAsync(Repository.Folder, variables, ["publish", "--env", "dev"])).Succeeded();
    }
}
