using Lading.Oci;
using Lading.Projects;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;
using Lading.Testing;

namespace Lading.Tests.Retention.Gathering;

/// <summary>What locks pin is kept, wherever a team stores them; so is what images are held back to.</summary>
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
    public async Task A_committed_lock_counts_at_every_tip_that_has_it()
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
    public async Task A_lock_that_lading_json_lists_counts_in_the_working_tree_and_at_every_tip(
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

    [Theory]
    [InlineData("../locks", "locks/prod.lock.json")]
    [InlineData("../locks/prod.json", "locks/prod.json")]
    [InlineData(".", "shop/prod.lock.json")]
    [InlineData("pins/", "shop/pins/prod.lock.json")]
    [InlineData(null, "shop/.lading/prod.lock.json")]
    public async Task A_lock_counts_at_a_tip_wherever_it_is_in_the_repository(string? listed, string file)
    {
        Configure(listed is null ? "" : $", \"retention\": {{ \"locks\": [\"{listed}\"] }}", folder: "shop/");
        repository.Write("shop/Dockerfile", "FROM scratch\n").Write(file, LockOf('a'));
        await repository.CommitAsync("pinned");
        File.Delete(Path.Combine(repository.Folder, file));

        var evidence = await ReadAsync("shop");

        Assert.Empty(evidence.Holds);
        Assert.Equal($"pinned in {file} at HEAD", Assert.Single(evidence.Uses, use => use.Kind == UseKind.Lock).Reason);
    }

    [Theory]
    [InlineData(".", "prod.lock.json")]
    [InlineData("", "prod.lock.json")]
    [InlineData("./pins/../pins/prod.json", "pins/prod.json")]
    public async Task The_context_of_the_app_may_name_a_lock_by_any_path(string named, string file)
    {
        repository.Write("cdk.json", $$"""{"context":{"lading:lock":"{{named}}"} }""").Write(file, LockOf('a'));
        await repository.CommitAsync("pinned");
        File.Delete(Path.Combine(repository.Folder, file));

        var use = Assert.Single((await ReadAsync()).Uses, use => use.Kind == UseKind.Lock);

        Assert.Equal($"pinned in {file} at HEAD", use.Reason);
    }

    [Theory]
    [InlineData("\uFEFF{\"context\":{\"lading:lock\":\"pins\"}}")]
    [InlineData("{\"context\":{\"lading:lock\":\"pins\",}, /* ours */ }")]
    public async Task The_context_of_the_app_is_read_leniently(string app)
    {
        repository.Write("cdk.json", app).Write("pins/prod.lock.json", LockOf('a'));
        await repository.CommitAsync("pinned");

        var pinned = (await ReadAsync()).Uses.Where(use => use.Kind == UseKind.Lock);

        Assert.Equal(
            ["pinned in pins/prod.lock.json", "pinned in pins/prod.lock.json at HEAD"],
            pinned.Select(use => use.Reason).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_lock_that_another_branch_lists_counts_there()
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
    public async Task A_listed_lock_that_exists_nowhere_holds_everything()
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
    public async Task The_image_that_a_hold_returns_to_stays_whether_or_not_the_hold_is_committed(bool isCommitted)
    {
        var first = (await repository.RunAsync("rev-parse HEAD")).Trim();
        var before = Assert.Single((await ReadAsync()).Uses).Image.Manifest;
        repository.Write("app", "two");
        await repository.CommitAsync("two");
        Configure("", $", {HoldAt(first)}");
        if (isCommitted)
        {
            await repository.CommitAsync("held");
        }

        var held = Assert.Single((await ReadAsync()).Uses, use => use.Kind == UseKind.Hold);

        Assert.Equal(before, held.Image.Manifest);
        Assert.StartsWith($"held back at {first[..7]} by ", held.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_held_image_stays_in_the_repository_that_it_has_today()
    {
        var first = (await repository.RunAsync("rev-parse HEAD")).Trim();
        var before = Assert.Single((await ReadAsync()).Uses).Image.Manifest;
        Configure("", $", \"repository\": \"shop/site\", {HoldAt(first)}");

        var held = Assert.Single((await ReadAsync()).Uses, use => use.Kind == UseKind.Hold).Image;

        Assert.Equal(("shop/site", before), (held.Repository?.Value, held.Manifest));
    }

    [Fact]
    public async Task A_hold_at_a_commit_means_its_inputs_and_not_a_hold_in_that_commit()
    {
        var first = (await repository.RunAsync("rev-parse HEAD")).Trim();
        repository.Write("app", "two");
        await repository.CommitAsync("two");
        var two = Assert.Single((await ReadAsync()).Uses).Image.Manifest;
        Configure("", $", {HoldAt(first)}");
        var holding = await repository.CommitAsync("held");
        Configure("", $", {HoldAt(holding)}");

        var held = Assert.Single(
            (await ReadAsync()).Uses,
            use => use.Reason == $"held back at {holding[..7]} by lading.json"
        );

        Assert.Equal(two, held.Image.Manifest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_unreadable_revision_of_a_held_image_holds_its_repository(bool isThere)
    {
        File.Delete(Path.Combine(repository.Folder, "Dockerfile"));
        var broken = await repository.CommitAsync("broken");
        repository.Write("Dockerfile", "FROM scratch\nCOPY app /\n");
        await repository.CommitAsync("repaired");
        Configure("", $", \"repository\": \"shop/site\", {HoldAt(isThere ? broken : new string('e', 40))}");

        var hold = Assert.Single((await ReadAsync()).Holds);

        Assert.Equal("shop/site", hold.Repository?.Value);
        Assert.EndsWith("or end the hold: lading unpin web.", hold.Remedy, StringComparison.Ordinal);
    }

    private static string HoldAt(string revision) =>
        $"\"hold\": {{ \"revision\": \"{revision}\", \"reason\": \"slow\" }}";

    private static string LockOf(char letter) =>
        $$"""{"lockVersion":1,"environment":"prod","images":{"web":{"repository":"shop/web","digest":"{{RetentionWorld.Digest(letter)}}","fingerprint":"{{new string('a', 64)}}","revision":null,"platforms":["linux/amd64"]} } }""";

    private void Configure(string more, string ofImage = "", string folder = "") =>
        repository.Write(
            folder + "lading.json",
            $$"""
            {
              "project": "shop",
              "images": { "web": { "context": "."{{ofImage}} } },
              "environments": { "prod": { "account": "222222222222", "region": "eu-central-1" } }{{more}}
            }
            """
        );

    private async Task<RetentionEvidence> ReadAsync(string folder = "")
    {
        var project = await Project.FindAsync(Path.Combine(repository.Folder, folder), "prod", Cancelled);
        return await new CloneUses(project, Host, stateFolder: null).ReadAsync(Now, Cancelled);
    }
}
