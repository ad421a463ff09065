using System.Text.Json;
using Lading.Leases;
using Lading.Testing;
using Lading.Tests.Running;

namespace Lading.Tests.Leases;

/// <summary>Leases in the parameters of an account, taken by two people who want the same stack.</summary>
public sealed class TakingLeases : IDisposable
{
    private readonly RunningWorld world = new();
    private readonly ManualTime time = new();
    private readonly ILeaseStore store;
    private readonly LeaseListener alice = new();
    private readonly LeaseListener bob = new();

    public TakingLeases() => store = world.OpenLeases();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string? Stored =>
        world.Aws.Stacks.Parameters.TryGetValue("/lading/Shop/lease", out var versions) ? versions[^1].Value : null;

    public void Dispose()
    {
        store.Dispose();
        world.Dispose();
    }

    [Fact]
    public async Task A_lease_names_its_holder_and_its_end_and_is_removed_when_it_is_released()
    {
        var held = await TakeForJobAsync(alice, "https://ci.example/17");

        using (var json = JsonDocument.Parse(Stored!))
        {
            Assert.Equal("test", json.RootElement.GetProperty("holder").GetString());
            Assert.Equal("lading deploy", json.RootElement.GetProperty("activity").GetString());
            Assert.Equal("https://ci.example/17", json.RootElement.GetProperty("job").GetString());
            Assert.Equal(
                Lease.Length,
                json.RootElement.GetProperty("until").GetDateTimeOffset()
                    - json.RootElement.GetProperty("since").GetDateTimeOffset()
            );
        }

        await held.DisposeAsync();
        Assert.Null(Stored);
    }

    [Fact]
    public async Task A_second_taker_learns_who_has_the_lease_and_since_when()
    {
        await using var held = await TakeForJobAsync(alice, "https://ci.example/17");
        var before = Stored;

        var busy = await Assert.ThrowsAsync<LadingException>(() => TakeAsync(bob));

        Assert.Equal(FailureKind.CheckFailed, busy.Kind);
        Assert.Equal(
            $"Could not deploy: test has been working on Shop since {UtcText.Minute(time.GetUtcNow())} (lading deploy, https://ci.example/17). Wait until that has finished. If it no longer runs, take over with --steal; otherwise the lease ends at {UtcText.Minute(time.GetUtcNow() + Lease.Length)}. 'lading doctor leases --env prod' shows whether a run that was killed on this machine left it.",
            busy.Message
        );
        Assert.Equal(before, Stored);
    }

    [Fact]
    public async Task Keeps_none_if_it_cannot_get_all()
    {
        await using var held = await TakeAsync(alice);

        await Assert.ThrowsAsync<LadingException>(() => TakeAsync(bob, "Shop", "Jobs"));

        Assert.False(world.Aws.Stacks.Parameters.ContainsKey("/lading/Jobs/lease"));
        await using var jobs = await TakeAsync(bob, "Jobs");
        Assert.Equal(["Jobs"], jobs.Stacks);
    }

    [Fact]
    public async Task An_ended_lease_is_taken_over_silently()
    {
        // Its holder was killed before it could release it.
        await store.CreateAsync(
            "Shop",
            new Lease("1", "carol", "lading deploy", time.GetUtcNow(), time.GetUtcNow() + Lease.Length).ToJson(),
            Cancelled
        );
        time.Advance(Lease.Length);

        await using var held = await TakeAsync(bob);

        Assert.Equal(["Shop"], held.Stacks);
        Assert.Empty(bob.Heard);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"id":"1","holder":"carol","activity":"x","since":"yesterday","until":7}""")]
    public async Task A_parameter_that_is_not_a_lease_stops_nobody(string text)
    {
        await store.CreateAsync("Shop", text, Cancelled);

        await using var held = await TakeAsync(bob);

        Assert.Equal(["Shop"], held.Stacks);
    }

    [Fact]
    public async Task A_lease_lasts_as_long_as_the_work_and_no_longer()
    {
        await using (await TakeAsync(alice))
        {
            for (var i = 0; i < 10; i++)
            {
                var before = Lease.Find(Stored!)!.Until;
                await WhileTimePassesAsync(() => Lease.Find(Stored!)!.Until > before);
                Assert.True(before > time.GetUtcNow());
            }

            await Assert.ThrowsAsync<LadingException>(() => TakeAsync(bob));
        }

        await using var held = await TakeAsync(bob);
        Assert.Empty(bob.Heard);
    }

    [Fact]
    public async Task A_stolen_lease_belongs_to_the_thief_and_both_learn_of_it()
    {
        await using var first = await TakeAsync(alice);

        await using var second = await new Leasing(store, bob, time, new Random(2)).TakeAsync(
            "Could not deploy",
            ["Shop"],
            "lading rollback",
            isSteal: true,
            Cancelled
        );

        Assert.Equal(["stole Shop from test"], bob.Heard);
        await WhileTimePassesAsync(() => alice.Heard.Count > 0);
        Assert.Equal([$"lost Shop to test: lading status {store.Selector}"], alice.Heard);
        await first.DisposeAsync();
        Assert.Equal("lading rollback", Lease.Find(Stored!)!.Activity);
    }

    [Theory]
    [InlineData("PutParameter")]
    [InlineData("GetParameter")]
    public async Task Goes_on_without_a_lease_that_may_not_be_written_and_notes_that(string operation)
    {
        await store.CreateAsync("Shop", "{}", Cancelled);
        world.Aws.StacksApi.Denied.Add(operation);

        await using var held = await TakeAsync(bob);

        Assert.Empty(held.Stacks);
        Assert.StartsWith("unleased", Assert.Single(bob.Heard), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exactly_one_of_many_gets_an_ended_lease()
    {
        for (var round = 0; round < 20; round++)
        {
            var ended = new Lease("old", "carol", "lading deploy", time.GetUtcNow(), time.GetUtcNow());
            await store.ReplaceAsync("Shop", ended.ToJson(), Cancelled);
            var many = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(i =>
                        Task.Run(
                            async () =>
                            {
                                try
                                {
                                    return await new Leasing(
                                        store,
                                        new LeaseListener(),
                                        time,
                                        new Random(round * 8 + i)
                                    ).TakeAsync("Could not deploy", ["Shop"], "lading deploy", false, Cancelled);
                                }
                                catch (LadingException e) when (e.Kind == FailureKind.CheckFailed)
                                {
                                    return null;
                                }
                            },
                            Cancelled
                        )
                    )
            );

            var winner = Assert.Single(many.OfType<HeldLeases>());
            // If others overwrote it, that was put right: the lease is still the winner's to release.
            await winner.DisposeAsync();
            Assert.Null(Stored);
        }
    }

    private Task<HeldLeases> TakeForJobAsync(LeaseListener ear, string job) =>
        new Leasing(store, ear, time, new Random(1)) { Job = job }.TakeAsync(
            "Could not deploy",
            ["Shop"],
            "lading deploy",
            isSteal: false,
            Cancelled
        );

    private Task<HeldLeases> TakeAsync(LeaseListener ear, params string[] stacks) =>
        new Leasing(store, ear, time, new Random(ear == alice ? 1 : 2)).TakeAsync(
            "Could not deploy",
            stacks.Length > 0 ? stacks : ["Shop"],
            "lading deploy",
            isSteal: false,
            Cancelled
        );

    private async Task WhileTimePassesAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            time.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(1, Cancelled);
        }
    }
}
