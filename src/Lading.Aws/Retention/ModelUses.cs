using Lading.Aws.SageMaker;
using Lading.Retention.Evidence;
using Lading.Retention.Gathering;

namespace Lading.Aws.Retention;

/// <summary>Reads SageMaker models, which endpoints and transform jobs run.</summary>
internal sealed class ModelUses : IUseReader
{
    public async Task ReadAsync(RegionFacts region, CancellationToken cancellationToken)
    {
        var listed = await region
            .Facts.ListAsync(next => new ListModels(next), "", cancellationToken)
            .ConfigureAwait(false);
        await Task.WhenAll(listed.Select(model => ReadAsync(region, model, cancellationToken))).ConfigureAwait(false);
    }

    private static async Task ReadAsync(RegionFacts region, string model, CancellationToken cancellationToken)
    {
        var found = await region
            .Facts.FindAsync(new DescribeModel(model), model, cancellationToken)
            .ConfigureAwait(false);
        if (found is not null)
        {
            region.Uses.Count(1, "SageMaker model");
            region.Uses.Add(
                UseKind.OtherWorkload,
                ImageMentions.In(found.Texts),
                $"model {model} of SageMaker runs it",
                region.Origin("sagemaker:DescribeModel", model)
            );
        }
    }
}
