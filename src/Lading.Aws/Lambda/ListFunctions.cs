using System.Text.Json;
using Lading.Aws.Protocols;

namespace Lading.Aws.Lambda;

/// <summary>lambda:ListFunctions with all published versions: those with images, fifty functions a page.</summary>
/// <param name="Next">The marker of a page; null for the first.</param>
/// <remarks>An alias points to a version, so everything it can run is included (Lambda API reference, ListFunctions).</remarks>
internal sealed record ListFunctions(string? Next)
    : RestOperation<AwsPage<ListedFunction>>(AwsService.Lambda, HttpMethod.Get, "/2015-03-31/functions")
{
    public override string Attempted => "Could not list the functions";

    protected override IReadOnlyList<KeyValuePair<string, string>> Query =>
        [
            KeyValuePair.Create("FunctionVersion", "ALL"),
            .. Next is null ? [] : new[] { KeyValuePair.Create("Marker", Next) },
        ];

    protected override AwsPage<ListedFunction> Read(JsonElement answer) =>
        new(
            [
                .. AwsJson
                    .Items(answer, "Functions")
                    .Select(function => new ListedFunction(
                        AwsJson.Text(function, "FunctionName"),
                        AwsJson.Text(function, "Version"),
                        function.FindText("PackageType") == "Image"
                    )),
            ],
            answer.FindText("NextMarker")
        );
}

/// <summary>A function of a listing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version"><c>$LATEST</c>, or a number.</param>
/// <param name="HasImage">Whether it is deployed as an image.</param>
internal sealed record ListedFunction(string Name, string Version, bool HasImage);
