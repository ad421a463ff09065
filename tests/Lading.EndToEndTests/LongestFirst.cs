using Xunit.Sdk;
using Xunit.v3;

namespace Lading.EndToEndTests;

/// <summary>
/// Starts with the collections of many tests, which run one at a time: started last, they would run alone at the end.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <inheritdoc />
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : ITestCollection =>
        [
            .. testCollections
                .OrderBy(each => each.TestCollectionClassName is null)
                .ThenBy(each => each.TestCollectionDisplayName, StringComparer.Ordinal),
        ];
}
