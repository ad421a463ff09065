using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;

namespace Lading.Cdk.Synthesis;

/// <summary>Reports Lambda functions with an image index: Lambda supports only the manifest of one platform.</summary>
internal sealed class FunctionImages
{
    private readonly HashSet<CfnFunction> reported = [];

    /// <summary>Checks the functions of a stack.</summary>
    /// <param name="tree">The stack.</param>
    /// <param name="indexes">References to indexes, without their registry.</param>
    public void Report(StackTree tree, IReadOnlyCollection<string> indexes)
    {
        if (indexes.Count == 0)
        {
            return;
        }

        foreach (var function in tree.Constructs.OfType<CfnFunction>().Where(each => !reported.Contains(each)))
        {
            var images = ImageText.Within(function.Stack.Resolve(function.Code)).Select(found => found.Image);
            var index = images
                .OfType<string>()
                .SelectMany(image => indexes.Where(each => image.EndsWith("/" + each, StringComparison.Ordinal)))
                .FirstOrDefault();
            if (index is not null)
            {
                reported.Add(function);
                Annotations
                    .Of(function)
                    .AddError(
                        $"Could not give the function its image: {index} is an index of several platforms, and Lambda takes none. "
                            + "Say what it is for: LadingImage.ReferenceFor(this, …, new LadingImageProps { For = ImageConsumer.Lambda, Platform = … })."
                    );
            }
        }
    }
}
