using Lading.Oci;
using Lading.Registry;
using Lading.Registry.Transport;

namespace Lading.Tests.Registry;

public sealed class UnitingScopes
{
    private static readonly RepositoryName One = RepositoryName.Parse("shop/one");
    private static readonly RepositoryName Two = RepositoryName.Parse("shop/two");

    [Fact]
    public void A_mount_needs_both_repositories() =>
        Assert.Equal(
            "repository:shop/one:pull,push repository:shop/two:pull",
            new StartUpload(One, Digest.OfBytes("x"u8), Two).Scope.ToString()
        );

    [Fact]
    public void Actions_on_one_resource_are_one_scope() =>
        Assert.Equal(
            "repository:shop/one:delete,pull,push",
            ScopeSet.Parse("repository:shop/one:pull,delete").Union(new RegistryScope(One, Push: true)).ToString()
        );

    [Theory]
    [InlineData("repository:a:pull,push", "repository:a:pull", true)]
    [InlineData("repository:a:pull", "repository:a:pull,push", false)]
    [InlineData("repository:a:pull repository:b:pull", "repository:b:pull", true)]
    [InlineData("repository:a:pull", "repository:b:pull", false)]
    [InlineData("repository:host:5000/a:pull", "repository:host:5000/a:pull", true)]
    [InlineData("", "", true)]
    public void A_token_serves_what_it_covers(string token, string needed, bool serves) =>
        Assert.Equal(serves, ScopeSet.Parse(token).Covers(ScopeSet.Parse(needed)));

    [Theory]
    [InlineData("registry")]
    [InlineData(":pull")]
    [InlineData("   ")]
    public void Leaves_out_text_that_is_not_a_scope(string text) => Assert.Empty(ScopeSet.Parse(text).Items);
}
