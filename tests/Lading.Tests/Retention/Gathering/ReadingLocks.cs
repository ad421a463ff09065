using Lading.Oci;
using Lading.Projects;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Testing;

namespace Lading.Tests.Retention.Gathering;

/// <summary>What locks pin is kept, wherever a team has them; and what images are held back to.</summary>
public sealed class ReadingLocks : IAsyncLifetime
{
    private const string Host = "222222222222.dkr.ecr.eu-central-1.amazonaws.com";

    private static readonly DateTimeOffset Now = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    private TestRepository repository = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        repository = await TestRepository.CreateAsync();
        repository.Write("Dockerfile", "FROM scratch\nCOPY app /\n").Write("app", "one");
        Configure("");
        await repository.CommitAsync("one");
    }

    public ValueTask DisposeAsync()
    {
        repository.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Keeps_what_locks_pin_and_holds_for_a_lock_that_cannot_be_read()
    {
        repository.Write(
            ".lading/prod.lock.json",
            $$"""{"lockVersion":1,"environment":"prod","images":{"web":{"repository":"shop/web","digest":"{{RetentionWorld.Digest('a')}}","fingerprint":"{{new string('a', 64)}}","revision":null,"platforms":["linux/amd64"]} } }"""
        );
        repository.Write(".lading/dev.lock.json", "{");

        var evidence = await ReadAsync();

        Assert.Contains(
            evidence.Uses,
            use => use.Kind == UseKind.Lock && use.Image.Manifest.Digest == Digest.Parse(RetentionWorld.Digest('a'))
        );
        Assert.Contains(
            "the lock .lading/dev.lock.json cannot be read",
            Assert.Single(evidence.Holds).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_lock_in_git_is_kept_at_every_tip_that_has_it()
    {
        repository.Write("cdk.json", """{"context":{"lading:lock":"pins"}}""");
        repository.Write("pins/prod.lock.json", LockOf('a'));
        await repository.CommitAsync("pinned");
        await repository.RunAsync("switch --quiet --create feature");
        repository.Write("pins/prod.lock.json", LockOf('b'));
        await repository.CommitAsync("pinned otherwise");
        await repository.RunAsync("switch --quiet main");

        var pinned = (await ReadAsync()).Uses.Where(use => use.Kind == UseKind.Lock);

        Assert.Equal(
            [RetentionWorld.Digest('a'), RetentionWorld.Digest('b')],
            pinned.Select(use => use.Image.Manifest.ToString()).Distinct().Order()
        );
    }

    [Theory]
    [InlineData("pins/prod.json", "pins/prod.json")]
    [InlineData("./pins", "pins/prod.lock.json")]
    public async Task A_lock_that_lading_json_lists_is_kept_in_the_working_tree_and_at_every_tip(
        string listed,
        string file
    )
    {
        Configure($", \"retention\": {{ \"locks\": [\"{listed}\"] }}");
        repository.Write(file, LockOf('a'));
        await repository.CommitAsync("pinned");
        await repository.RunAsync("branch feature");
        repository.Write(file, LockOf('b'));

        var evidence = await ReadAsync();

        Assert.Empty(evidence.Holds);
        Assert.Equal(
            [$"pinned in {file} at HEAD", $"pinned in {file}"],
            from letter in "ab"
            from use in evidence.Uses
            where use.Kind == UseKind.Lock && use.Image.Manifest.ToString() == RetentionWorld.Digest(letter)
            select use.Reason
        );
    }

    [Fact]
    public async Task A_lock_that_another_branch_lists_is_kept_there()
    {
        await repository.RunAsync("switch --quiet --create feature");
        Configure(", \"retention\": { /* ours */ \"locks\": [\"pins/next.json\"], }");
        repository.Write("pins/next.json", LockOf('a'));
        await repository.CommitAsync("pinned");
        await repository.RunAsync("switch --quiet main");

        var use = Assert.Single((await ReadAsync()).Uses, use => use.Kind == UseKind.Lock);

        Assert.Equal("pinned in pins/next.json at the tip of branch feature", use.Reason);
    }

    [Fact]
    public async Task A_lock_that_is_listed_and_is_nowhere_holds_everything()
    {
        Configure(", \"retention\": { \"locks\": [\"pins/prd.json\"] }");

        var hold = Assert.Single((await ReadAsync()).Holds);

        Assert.Equal((Host, null), (hold.Host, hold.Repository));
        Assert.Contains("there is no lock at pins/prd.json", hold.Reason, StringComparison.Ordinal);
        Assert.Contains("\"locks\" of \"retention\"", hold.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_image_that_is_held_back_to_stays_whether_or_not_that_is_committed(bool isCommitted)
    {
        var first = (await repository.RunAsync("rev-parse HEAD")).Trim();
        var before = Assert.Single((await ReadAsync()).Uses).Image.Manifest;
        repository.Write("app", "two");
        await repository.CommitAsync("two");
        Configure("", $", \"hold\": {{ \"revision\": \"{first}\", \"reason\": \"slow\" }}");
        if (isCommitted)
        {
            await repository.CommitAsync("held");
        }

        var held = Assert.Single((await ReadAsync()).Uses, use => use.Kind == UseKind.Hold);

        Assert.Equal(before, held.Image.Manifest);
        Assert.StartsWith($"held back at {first[..7]} by ", held.Reason, StringComparison.Ordinal);
    }

    private static string LockOf(char letter) =>
        $$"""{"lockVersion":1,"environment":"prod","images":{"web":{"repository":"shop/web","digest":"{{RetentionWorld.Digest(letter)}}","fingerprint":"{{new string('a', 64)}}","revision":null,"platforms":["linux/amd64"]} } }""";

    private void Configure(string more, string ofImage = "") =>
        repository.Write(
            "lading.json",
            $$"""
            {
              "project": "shop",
              "images": { "web": { "context": "."{{ofImage}} } },
              "environments": { "prod": { "account": "222222222222", "region": "eu-central-1" } }{{more}}
            }
            """
        );

    private async Task<RetentionEvidence> ReadAsync()
    {
        var project = await Project.FindAsync(repository.Folder, "prod", Cancelled);
        return await new CloneUses(project, Host, stateFolder: null).ReadAsync(Now, Cancelled);
    }
}
