using Lading.Layout;
using Lading.Testing;

namespace Lading.Tests.Layout;

public sealed class OpeningAStore : IDisposable
{
    private readonly TestFolder folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private StoreUsers Users => new(new LayoutStore(folder.Combine("store")));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_store_that_nobody_has_open_has_no_users() => Assert.Empty(Users.Find());

    [Fact]
    public async Task Knows_the_names_of_its_users_until_they_end()
    {
        using (await Users.EnterAsync("registry", Cancelled))
        {
            using var other = await Users.EnterAsync("publish", Cancelled);
            Assert.Equal(
                [
                    $"lading publish (process {Environment.ProcessId})",
                    $"lading registry (process {Environment.ProcessId})",
                ],
                Users.Find()
            );
        }

        Assert.Empty(Users.Find());
    }

    [Fact]
    public async Task Nobody_opens_a_store_while_it_is_closed()
    {
        var closed = await Users.CloseAsync(Cancelled);
        var entering = Users.EnterAsync("publish", Cancelled);
        await Task.Delay(50, Cancelled);
        Assert.False(entering.IsCompleted);

        closed.Dispose();

        (await entering).Dispose();
    }

    [Fact]
    public async Task Leftovers_of_a_killed_process_are_ignored_and_removed()
    {
        using (await Users.CloseAsync(Cancelled))
        {
            var left = folder.Combine("store/_users/registry-1-0123");
            await File.WriteAllTextAsync(left, "", Cancelled);
            using var still = await FolderLock.TakeAsync(folder.Combine("store/_users/publish-2-0123"), Cancelled);

            Assert.Equal(["lading publish (process 2)"], Users.Find());
            Users.Clear();

            Assert.False(File.Exists(left));
            Assert.Equal(["lading publish (process 2)"], Users.Find());
        }
    }
}
