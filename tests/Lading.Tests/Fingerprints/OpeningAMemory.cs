using Lading.Fingerprints.Remembered;
using Lading.Git;
using Lading.Testing;

namespace Lading.Tests.Fingerprints;

/// <summary>
/// One rule decides whether remembered identities are opened, both for publish and for a clean-up that reads other
/// commits.
/// </summary>
public sealed class OpeningAMemory
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_memory_that_is_committed_is_not_opened()
    {
        using var state = new TestFolder();
        using var checkout = await TestRepository.CreateAsync();
        checkout.Write("README.md", "A shop.\n");
        var before = await checkout.CommitAsync("Open");
        checkout.Write($"{IdentityMemory.Place}/{IdentityMemory.FileName}", "");
        await checkout.CommitAsync("Commit what somebody else remembers");
        var repository = await GitRepository.FindAsync(checkout.Folder, Cancelled);
        await using var objects = ObjectReader.Start(repository.Git);

        Assert.NotNull(await FindAsync(state.Path, before));
        Assert.NotNull(await FindAsync(state.Path, root: null));
        Assert.Null(await FindAsync(state.Path, "HEAD"));
        Assert.Null(await FindAsync(stateFolder: null, before));

        Task<IdentityMemory?> FindAsync(string? stateFolder, string? root) =>
            IdentityMemory.FindAsync(repository, checkout.Folder, stateFolder, root, objects, Cancelled);
    }
}
