using Lading.Aws.Lambda;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Aws.Retention;

/// <summary>Reads Lambda functions with all published versions, which include all that aliases can run.</summary>
internal sealed class FunctionUses : IUseReader
{
    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var facts = region.Facts;
        var listed = await facts
            .ListAsync(next => new ListFunctions(next), "", cancellationToken)
            .ConfigureAwait(false);
        var own = listed.Where(function => function.HasImage).Distinct().ToList();
        region.Uses.Count(
            listed.Select(function => function.Name).Distinct(StringComparer.Ordinal).Count(),
            "function"
        );
        await Task.WhenAll(own.Select(function => ReadAsync(region, function, cancellationToken)))
            .ConfigureAwait(false);
    }

    private static async Task ReadAsync(
        RegionFacts region,
        ListedFunction function,
        CancellationToken cancellationToken
    )
    {
        var facts = region.Facts;
        var version = function.Version is "" or "$LATEST" ? null : function.Version;
        var found = await facts
            .FindAsync(new GetFunction(function.Name, facts.Now, version), function.Name, cancellationToken)
            .ConfigureAwait(false);
        if (found is not null)
        {
            region.Uses.Add(
                UseKind.OtherWorkload,
                ImageMentions.In(found.Image, found.ResolvedImage),
                version is null
                    ? $"function {function.Name} runs it"
                    : $"version {version} of function {function.Name} runs it",
                found.Source
            );
        }
    }
}
