namespace Lading.EndToEndTests.Deploy;

[Collection(TypeScriptApps.Name)]
public sealed class WhatGoesWrongInTypeScript(DeployedAlone alone) : WhatGoesWrong(alone.App)
{
    private protected override SampleApp Sample
    {
        get
        {
            SampleApp.RequireTypeScript();
            return SampleApp.TypeScript;
        }
    }
}
